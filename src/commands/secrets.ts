import { ignoringSecrets } from '../edge/secrets.ts'
import { print } from '../edge/terminal.ts'
import { write } from '../edge/write.ts'
import { secretsText } from '../report/human.ts'
import { secretsJson } from '../report/json.ts'
import { planOf } from './proposal.ts'
import { makeSecrets } from './secret-files.ts'
import { chooseNone, openSession } from './session.ts'

export interface SecretsArguments {
  readonly folder: string
  readonly example: boolean
  readonly json: boolean
}

/** Makes the secrets that are missing, in a fresh clone or a continuous integration. Their values are never printed. */
export async function secrets({ folder: root, example, json }: SecretsArguments): Promise<void> {
  const session = await openSession(root, {}, { writes: true, choose: chooseNone })
  const { secrets: planned } = planOf(session)
  if (planned.length > 0) await write(session.folder, ignoringSecrets(session.folder))
  const made = makeSecrets(session.folder, planned, example)
  print(json ? `${JSON.stringify(secretsJson(made), undefined, 2)}\n` : secretsText(made, true) || 'This project needs no secrets.\n')
}
