import { patiently } from '../edge/log.ts'
import { canAsk, columns, print, printError } from '../edge/terminal.ts'
import { undo } from '../edge/write.ts'
import type { Artifact, Change, Outcome, Policy } from '../model/artifact.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { changesSince, onlyToolChanged, presetChanges } from '../reconcile/facts.ts'
import { lockFile } from '../reconcile/lock.ts'
import { decidedBefore } from '../reconcile/targets.ts'
import { diffText, unifiedDiff } from '../report/diff.ts'
import { breachJson, breachText } from '../report/floors.ts'
import { githubFloors, githubText } from '../report/github.ts'
import { changesText, conflictText, newerText, outcomesText, secretsText } from '../report/human.ts'
import { diffJson, type FloorsJson, updateJson } from '../report/json.ts'
import { version } from '../version.ts'
import { type Proposal, propose, writeAll } from './proposal.ts'
import { chooseNone, type Opening, openSession, type Session } from './session.ts'

export interface UpdateArguments {
  readonly folder: string
  readonly dryRun: boolean
  readonly json: boolean
  readonly undo?: boolean
  /** Fetch no presets. */
  readonly offline?: boolean
  /** Fetch presets again that seem unchanged. */
  readonly whole?: boolean
  readonly conflict?: 'markers'
}

export interface CheckArguments {
  readonly folder: string
  readonly json: boolean
  readonly strict: boolean
  readonly format?: 'github'
  /** Presets without which it fails. */
  readonly requirePreset?: readonly string[]
}

/** For commands that only look. */
export const reading: Opening = { writes: false, choose: chooseNone }

/** What stands between the repository and its files. */
interface Drift {
  readonly session: Session
  readonly policy: Policy
  readonly proposal: Proposal
  readonly changes: readonly Change[]
  readonly onlyTool: boolean
}

/** Brings the files up to date with the stack and keeps every hand edit. With --undo, restores what the last run replaced. */
export async function update(args: UpdateArguments): Promise<void> {
  if (args.undo === true) {
    await undo(args.folder)
    print(args.json ? `${JSON.stringify({ schema: 1, undone: true }, undefined, 2)}\n` : 'Restored what the last run replaced.\n')
    return
  }
  const freshness = args.offline === true ? 'kept' : args.whole === true ? 'whole' : 'newest'
  const drift = await driftOf(args.folder, { writes: !args.dryRun, freshness, choose: chooseNone }, args.conflict === 'markers')
  const asking = !args.json && !args.dryRun && args.conflict === undefined && canAsk()
  const { session } = drift
  if (asking && drift.proposal.outcomes.some((o) => o.action === 'conflict')) printError(changesText(drift.changes))
  const proposal = asking ? await (await import('./wizard/conflicts.ts')).askPieces(session, drift.policy, drift.proposal) : drift.proposal
  if (session.presets !== undefined) (await import('./floors.ts')).refuseBreaches(session, proposal)
  const { outcomes } = proposal
  if (!args.dryRun && !args.json && outcomes.some(wouldAct)) await mentionDirt(session.folder)
  const presets = args.json ? '' : await presetDiff(session)
  const made = args.dryRun ? undefined : await writeAll(session, proposal)
  if (outcomes.some((o) => o.action === 'conflict' || o.action === 'leave')) process.exitCode = exitCodes.leftUnwritten
  if (args.json) {
    print(`${JSON.stringify(updateJson(outcomes, drift.changes, drift.onlyTool, { secrets: made }), undefined, 2)}\n`)
    return
  }
  if (outcomes.length === 0) print('None of the files here is ours to follow.\n')
  else
    print(
      `${changesText(drift.changes)}${presets}${args.dryRun ? 'Would become:\n' : ''}${outcomesText(outcomes, columns(process.stdout))}${made === undefined ? '' : secretsText(made)}`,
    )
  printError(conflictText(outcomes))
}

/** How the presets themselves changed. */
async function presetDiff({ folder, sources, lock }: Session): Promise<string> {
  if (sources === undefined) return ''
  const changes = await (await import('./presets.ts')).keptChanges(folder, sources, lock.presets)
  return changes.map(({ path, before, content }) => unifiedDiff(path, before ?? '', content ?? '')).join('')
}

async function mentionDirt(folder: string): Promise<void> {
  const { isDirty } = await import('../edge/git.ts')
  if (!(await patiently('Asking git for changes', isDirty(folder)))) return
  printError('note: there are changes that are not committed.\n      What this run replaces comes back with: secure-docker update --undo\n')
}

/** Whether `update` would act. Writes nothing. Sets exit 5 when it would, unless only the tool is newer. */
export async function check(args: CheckArguments): Promise<void> {
  const { session, proposal, changes, onlyTool } = await driftOf(args.folder, reading, false)
  const floors = await standing(session, proposal, args.requirePreset ?? [])
  const pending = proposal.outcomes.filter(wouldAct)
  const otherPresets = presetChanges(changes)
  const fails = (pending.length > 0 && (args.strict || !onlyTool)) || otherPresets.length > 0
  if (!args.json) printError(newerText(session.lock.presets))
  if (fails) process.exitCode = exitCodes.outOfDate
  if (floors.lines.length > 0) process.exitCode = exitCodes.belowFloor
  if (args.json) print(`${JSON.stringify(updateJson(proposal.outcomes, changes, onlyTool, { floors: floors.json }), undefined, 2)}\n`)
  else if (args.format === 'github') print(`${githubText(pending, changes, fails)}${githubFloors(floors.json)}`)
  else if (pending.length === 0 && !fails && floors.lines.length === 0) print('Everything is current.\n')
  else {
    if (pending.length === 0 && fails) print(`${changesText(otherPresets)}The files stay as they are; secure-docker.lock is out of date.\n`)
    const note = onlyTool ? `Nothing in the repository changed; secure-docker ${version} writes this differently:\n` : changesText(changes)
    if (pending.length > 0) print(`${note}${outcomesText(pending)}\n${diffText(pending)}`)
    print(floors.lines.map((line) => `below a floor: ${line}\n`).join(''))
    if (pending.length > 0 || fails) printError('Bring it up to date: secure-docker update\n')
  }
}

/** How the project stands to what its presets ask for. */
interface Standing {
  readonly lines: readonly string[]
  readonly json: FloorsJson
}

async function standing(session: Session, proposal: Proposal, required: readonly string[]): Promise<Standing> {
  if (session.presets === undefined && required.length === 0) return { lines: [], json: { breaches: [], expired: [], missing: [] } }
  const floors = await import('./floors.ts')
  const { breaches, expired } = floors.standing(session, proposal)
  const missing = floors.missingPresets(required, session)
  return { lines: [...missing, ...expired, ...breaches.map(breachText)], json: { breaches: breaches.map(breachJson), expired, missing } }
}

/** Shows what `update` would do; coloured by word on a terminal. */
export async function diff(args: { readonly folder: string; readonly json: boolean }): Promise<void> {
  const { proposal, changes } = await driftOf(args.folder, reading, false)
  const pending = proposal.outcomes.filter(wouldAct)
  if (args.json)
    return print(
      `${JSON.stringify(
        diffJson(pending, changes, (one) => diffText([one])),
        undefined,
        2,
      )}\n`,
    )
  const { colours } = await import('../edge/colour.ts')
  print(diffText(pending, colours(process.stdout)))
}

/** What stands between a repository and its files. Throws a Problem (exit 6) when nothing was written there. */
export async function driftOf(folder: string, opening: Opening, markers: boolean): Promise<Drift> {
  const session = await openSession(folder, {}, opening)
  const { lock } = session
  if (lock.tool === '') throw neverWritten()
  const policy: Policy = { force: false, decided: decidedBefore(lock), merge: true, markers, recreate: false, settled: new Map() }
  const proposal = await propose(session, policy, followed(session))
  const changes = changesSince(lock, proposal.facts, proposal.choices, session.found.app)
  return { session, policy, proposal, changes, onlyTool: onlyToolChanged(lock, proposal.facts, version) }
}

/** Sets that we write here: one that was left to a person at first stays with that person. */
function followed({ lock }: Session): ReadonlySet<Artifact['set']> {
  const paths = [...lock.bases.keys(), ...lock.ejected]
  const sets = paths.map((path) => (/^compose[\w.-]*\.yaml$/.test(path) ? 'compose' : 'dockerfile'))
  return new Set(sets)
}

/** Whether an update would do something about a file. */
export function wouldAct({ action }: Outcome): boolean {
  return action !== 'same' && action !== 'deleted' && action !== 'ejected'
}

function neverWritten(): Problem {
  return new Problem({
    code: 'lock-missing',
    exit: exitCodes.irreconcilable,
    message: `There is no ${lockFile}: what was written here, if anything, is not known.`,
    fix: 'Run secure-docker init. Files that are there are treated as yours: keep them and have them followed from then on (adopt), or have them replaced.',
  })
}
