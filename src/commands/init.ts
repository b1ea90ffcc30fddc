import { titleOf } from '../ecosystems/index.ts'
import { canAsk, print, printError } from '../edge/terminal.ts'
import type { Policy } from '../model/artifact.ts'
import type { Chosen } from '../model/options.ts'
import { exitCodes } from '../model/problem.ts'
import type { SecretsMade } from '../model/secrets.ts'
import { ambiguous } from '../pipeline.ts'
import { decidedBefore } from '../reconcile/targets.ts'
import { findingsText, leftText, nextCommands, nextText, noticesText, outcomesText, secretsText } from '../report/human.ts'
import { initJson } from '../report/json.ts'
import { flagged, openSession, type Proposal, proposeAround, questionsOf, type Session, writeAll } from './session.ts'

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

/** Detects, asks what is open, shows what it would write, writes it, and says what to do next. */
export async function init(args: InitArguments): Promise<void> {
  const asking = !args.yes && !args.json && canAsk()
  const dialogue = asking ? await import('./dialogue.ts') : undefined
  const opened = await openSession(args.folder, await answersGiven(args), {
    writes: !args.dryRun,
    freshness: 'newest',
    follow: async (named) => (await import('./defaults.ts')).presetsToAdd(args.preset ?? [], named),
    choose: async (all) => {
      if (dialogue === undefined) throw ambiguous(all)
      return dialogue.askApp(all)
    },
  })
  const { app } = opened.found
  const known = { ...app.found, ...opened.project, ...opened.answers }
  if (!args.json) printError(`${findingsText(app, titleOf(app.ecosystem), known)}${noticesText(app.notices)}\n`)
  const asked = dialogue === undefined ? {} : await dialogue.askQuestions(questionsOf(opened), known)
  const session: Session = { ...opened, answers: { ...asked, ...opened.answers } }
  const policy: Policy = {
    force: args.force,
    decided: decidedBefore(session.lock),
    merge: dialogue !== undefined,
    markers: false,
    recreate: true,
    settled: new Map(),
  }
  const [first, decided] = await proposeAround(session, policy, async (inTheWay) => {
    if (args.beside) return 'beside'
    return dialogue === undefined ? 'leave' : dialogue.askConflict(inTheWay)
  })
  const proposal = dialogue === undefined ? first : await dialogue.askPieces(session, decided, first)
  if (session.presets !== undefined) (await import('./floors.ts')).refuseBreaches(session, proposal)
  if (dialogue !== undefined && !args.dryRun && !(await dialogue.confirm(proposal.outcomes))) {
    printError('Stopped. Nothing was written.\n')
    process.exitCode = exitCodes.stopped
    return
  }
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
  print(`${args.dryRun ? 'Would be written:\n' : ''}${outcomesText(outcomes)}${made === undefined ? '' : secretsText(made)}`)
  printError(leftText(left))
  print(nextText(next))
}
