import { rootFolder } from '../edge/scan.ts'
import { readOnDisk } from '../edge/target.ts'
import { canAsk, print, printError } from '../edge/terminal.ts'
import { presetChanges } from '../reconcile/facts.ts'
import { lockFile } from '../reconcile/lock.ts'
import { nothingHereText, statesOf, statusText } from '../report/status.ts'
import { driftOf, reading, wouldAct } from './update.ts'

/** What the program does without a command: says how the files here stand. Where there are none it offers to write them. Exits 0. */
export async function status({ json }: { readonly json: boolean }): Promise<void> {
  const folder = await rootFolder('.')
  if (!readOnDisk(folder, [lockFile]).texts.has(lockFile)) return nothingHere(json)
  const { session, proposal, changes } = await driftOf(folder, reading, false)
  const states = statesOf(proposal.outcomes, session.lock)
  if (json) print(`${JSON.stringify({ schema: 1, written: true, changes, files: states }, undefined, 2)}\n`)
  else print(statusText(states, changes, proposal.outcomes.some(wouldAct) || presetChanges(changes).length > 0))
}

async function nothingHere(json: boolean): Promise<void> {
  if (json) return print(`${JSON.stringify({ schema: 1, written: false, changes: [], files: [] }, undefined, 2)}\n`)
  if (!canAsk()) return print(nothingHereText)
  printError('secure-docker has not written anything in this folder yet.\n\n')
  const { select } = await import('../edge/ask/ask.ts')
  const goOn = await select({ message: 'Look at the repository?', why: 'Nothing is written before you have seen it and said so.' }, [
    { name: 'Yes, look', value: true },
    { name: 'No, stop', value: false },
  ])
  if (goOn) await (await import('./init.ts')).init({ folder: '.', yes: false, force: false, beside: false, dryRun: false, json: false })
}
