import { sha256 } from '../edge/crypto.ts'
import { patiently } from '../edge/log.ts'
import { readOnDisk } from '../edge/target.ts'
import { print, printError } from '../edge/terminal.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import type { Pin, Reference } from '../model/reference.ts'
import { referenceText } from '../presets/reference.ts'
import { shippedNames } from '../presets/shipped.ts'
import { lockFile } from '../reconcile/lock.ts'
import { sourceJson, sourceText } from '../report/preset-source.ts'
import { targetOf } from './preset-target.ts'
import { named, sourceOf } from './presets.ts'

/** The files of one preset: what is kept here where it is pinned, else as it is where its name leads. Nothing is written. */
export async function showPreset(target: string | undefined, json: boolean): Promise<void> {
  if (target === undefined) throw unnamed()
  const { root, ref } = await targetOf('show', target)
  const reference = named(ref)
  const pins = await pinsFor(root, reference)
  const freshness = pins.has(referenceText(reference)) ? 'kept' : 'newest'
  const { source, pin } = await patiently(`Looking for ${target}`, sourceOf(root, reference, ref.because, pins, freshness))
  if (json) return print(`${JSON.stringify(sourceJson(source, pin), undefined, 2)}\n`)
  if (pin !== undefined)
    printError(`${source.ref}, sha256:${pin.digest.slice(0, 12)}, ${freshness === 'kept' ? 'as it is kept here' : 'just fetched'}\n`)
  print(sourceText(source))
}

/** What the lock here says about presets; only those that are fetched are pinned. */
async function pinsFor(root: string, { kind }: Reference): Promise<ReadonlyMap<string, Pin>> {
  const text = kind === 'shipped' || kind === 'local' ? undefined : readOnDisk(root, [lockFile]).texts.get(lockFile)
  return text === undefined ? new Map() : (await import('../reconcile/read-lock.ts')).readLock(text, sha256).presets
}

function unnamed(): Problem {
  return new Problem({
    code: 'preset-unknown',
    exit: exitCodes.usage,
    message: 'No preset is named.',
    fix: `Name one of ${shippedNames.join(', ')}, a file or folder, or a name as in extends.`,
  })
}
