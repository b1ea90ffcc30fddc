import { ignoringSecrets, randomText, readSecrets, writeSecrets } from '../edge/secrets.ts'
import type { FileChange, Outcome } from '../model/artifact.ts'
import type { SecretPlan } from '../model/plan.ts'
import type { SecretsMade } from '../model/secrets.ts'
import { missingSecrets } from '../services/secrets.ts'

/** The change that keeps secrets out of git, when the Compose file that names them is one of ours. */
export function ignoreChange(folder: string, secrets: readonly SecretPlan[], outcomes: readonly Outcome[]): readonly FileChange[] {
  return secrets.length > 0 && follows(outcomes) ? ignoringSecrets(folder) : []
}

/** Makes what is missing for a Compose file of ours. */
export function secretsFor(folder: string, secrets: readonly SecretPlan[], outcomes: readonly Outcome[]): SecretsMade | undefined {
  return secrets.length > 0 && follows(outcomes) ? makeSecrets(folder, secrets, false) : undefined
}

/** Makes what is missing and can be made; with `example` throwaway values for the rest. */
export function makeSecrets(folder: string, secrets: readonly SecretPlan[], example: boolean): SecretsMade {
  const there = readSecrets(folder, secrets)
  const { files, unknown } = missingSecrets(secrets, there, randomText, example ? () => 'example' : undefined)
  writeSecrets(folder, files)
  return { made: files.map((file) => file.name), there: [...there.keys()], unknown }
}

function follows(outcomes: readonly Outcome[]): boolean {
  const compose = outcomes.find((o) => o.set === 'compose')
  return compose !== undefined && !['leave', 'conflict', 'deleted', 'ejected', 'remove'].includes(compose.action)
}
