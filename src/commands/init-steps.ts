import { columns, print, printError } from '../edge/terminal.ts'
import type { Lock, Policy } from '../model/artifact.ts'
import type { Found } from '../model/ecosystem.ts'
import type { Chosen } from '../model/options.ts'
import { exitCodes } from '../model/problem.ts'
import type { SecretsMade } from '../model/secrets.ts'
import { decidedBefore } from '../reconcile/targets.ts'
import { leftText, nextCommands, nextText, outcomesText, secretsText } from '../report/human.ts'
import { initJson } from '../report/json.ts'
import { type Proposal, writeAll } from './proposal.ts'
import { flagged, openSession, type Session } from './session.ts'

// What init does alike whether it asks or not.

export interface InitArguments {
  readonly folder: string
  readonly yes: boolean
  readonly force: boolean
  readonly beside: boolean
  readonly preset?: readonly string[]
  readonly dryRun: boolean
  readonly json: boolean
  readonly answer?: readonly string[]
  readonly answers?: string
  readonly [option: string]: unknown
}

/** The repository as init works on it; `said` are answers that a person gave since. */
export async function open(args: InitArguments, choose: (all: readonly Found[]) => Promise<Found>, said: Chosen = {}): Promise<Session> {
  return openSession(
    args.folder,
    { ...(await answersGiven(args)), ...said },
    {
      writes: !args.dryRun,
      freshness: 'newest',
      follow: async (named) => (await import('./defaults.ts')).presetsToAdd(args.preset ?? [], named),
      choose,
    },
  )
}

/** How init treats files that are there. */
export function policyOf({ force }: InitArguments, lock: Lock, merge: boolean): Policy {
  return { force, decided: decidedBefore(lock), merge, markers: false, recreate: true, settled: new Map() }
}

/** Throws a Problem (exit 7) when the files would be below a floor. */
export async function refuseBelowFloors(session: Session, proposal: Proposal): Promise<void> {
  if (session.presets !== undefined) (await import('./floors.ts')).refuseBreaches(session, proposal)
}

/** Writes, unless that was not wanted, and says what came of it. */
export async function conclude(args: InitArguments, session: Session, proposal: Proposal): Promise<void> {
  await refuseBelowFloors(session, proposal)
  const made = args.dryRun ? undefined : await writeAll(session, proposal)
  report(args, session, proposal, made)
}

/** Answers of the file, then those by name, then the flags: the later ones overrule. */
async function answersGiven({ answer, answers, ...args }: InitArguments): Promise<Chosen> {
  if (answer === undefined && answers === undefined) return flagged(args)
  const { answersIn, readAnswers } = await import('../choose/answers.ts')
  const file = answers === undefined ? {} : readAnswers((await import('../edge/file.ts')).answersFile(answers), answers)
  return { ...file, ...answersIn(answer ?? []), ...flagged(args) }
}

function report(args: InitArguments, { found }: Session, { choices, outcomes }: Proposal, made: SecretsMade | undefined): void {
  const left = outcomes.filter((o) => o.action === 'leave' || o.action === 'conflict')
  const next = nextCommands(outcomes)
  if (left.length > 0) process.exitCode = exitCodes.leftUnwritten
  if (args.json) {
    print(`${JSON.stringify(initJson(args.dryRun, found.app, choices, outcomes, next, made), undefined, 2)}\n`)
    return
  }
  print(
    `${args.dryRun ? 'Would be written:\n' : ''}${outcomesText(outcomes, columns(process.stdout))}${made === undefined ? '' : secretsText(made)}`,
  )
  printError(leftText(left))
  print(nextText(next))
}
