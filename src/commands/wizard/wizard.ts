import { titleOf } from '../../ecosystems/index.ts'
import { select } from '../../edge/ask/ask.ts'
import { columns, printError, printProse, rows } from '../../edge/terminal.ts'
import type { Found } from '../../model/ecosystem.ts'
import type { Chosen } from '../../model/options.ts'
import { type ExitCode, exitCodes, Problem } from '../../model/problem.ts'
import { findingsOf, findingsText, withoutLabels } from '../../report/findings.ts'
import { attentionText, clashesText, nextCommands, problemText } from '../../report/human.ts'
import { selected } from '../../services/selection.ts'
import { conclude, type InitArguments, open, policyOf, refuseBelowFloors } from '../init-steps.ts'
import { known } from '../known.ts'
import { clashesOf } from '../ports.ts'
import { type Proposal, proposeAround } from '../proposal.ts'
import type { Session } from '../session.ts'
import { change } from './change.ts'
import { askConflict, askPieces } from './conflicts.ts'
import { askPort, type Kept } from './ports.ts'
import { preview } from './preview.ts'
import { askApp, askQuestions } from './questions.ts'
import { askServices } from './services.ts'

/** `init` with a person: what was found, what is open, what would be written, as often as they go back; then it is written, and started if they like. */
export async function wizard(args: InitArguments): Promise<void> {
  let session = await open(args, askApp)
  printError(`\n${findings(session)}\n`)
  session = await answered(args, session, await askQuestions(session))
  session = { ...session, answers: { ...(await askServices(session)), ...session.answers } }
  const kept: Kept = new Set()
  let policy = policyOf(args, session.lock, true)
  for (;;) {
    try {
      const [first, decided] = await proposeAround(session, policy, async (inTheWay) =>
        args.beside ? 'beside' : askConflict(session, inTheWay),
      )
      policy = decided
      const proposal = await askPieces(session, policy, first)
      await refuseBelowFloors(session, proposal)
      const moved = args.dryRun ? undefined : await askPort(session, proposal, kept)
      if (moved !== undefined) {
        session = moved
        continue
      }
      const next = args.dryRun ? { write: proposal.outcomes } : await preview(proposal.outcomes)
      if (next === 'stop') return stop(exitCodes.stopped)
      if (next !== 'change') return await finish(args, session, { ...proposal, outcomes: next.write })
    } catch (error) {
      if (!(error instanceof Problem) || error.text.exit !== exitCodes.belowFloor || args.dryRun) throw error
      printProse(`\n${problemText(error.text)}\n`)
      if (!(await goesOn())) return stop(exitCodes.belowFloor)
    }
    session = await change(session, policy, (preset, answers) => reopened(args, session, preset, answers))
    printError(`\n${findings(session)}\n`)
  }
}

/** The session with what a person has said. With another program come other findings. */
async function answered(args: InitArguments, session: Session, said: Chosen): Promise<Session> {
  if (said.start === undefined) return { ...session, answers: { ...said, ...session.answers } }
  const next = await reopened(args, session, [], { ...session.answers, ...said })
  if (next.found.app.found.start !== undefined) printError(`\n${findings(next)}\n`)
  return next
}

/** The session with more presets and other answers: the repository is read anew, as the next run will. */
async function reopened(args: InitArguments, { added, found }: Session, presets: readonly string[], answers: Chosen): Promise<Session> {
  const same = async (all: readonly Found[]): Promise<Found> => all.find(({ app }) => app.ecosystem === found.app.ecosystem) ?? found
  return { ...(await open({ ...args, preset: [...added, ...presets] }, same, answers)), answers }
}

/** What is below a floor is told before anything is shown to be written. */
async function goesOn(): Promise<boolean> {
  return select('What now?', [
    { name: 'Change something', value: true },
    { name: 'Stop, write nothing', value: false },
  ])
}

async function finish(args: InitArguments, session: Session, proposal: Proposal): Promise<void> {
  printError('\n')
  await conclude(args, session, proposal)
  printProse(attentionText(session.found.app.notices))
  if (args.dryRun) return
  if (nextCommands(proposal.outcomes).length > 0) printProse(clashesText(await clashesOf(session.folder, proposal.services)))
  await (await import('./start.ts')).offerStart(session.folder, proposal)
}

// Lines that the files and the question about them take.
const below = 16

/** What was found; where the screen is too short for it and for what is asked next, without what only describes the image. */
function findings(session: Session): string {
  const { app } = session.found
  const chosen = known(session)
  const all = findingsOf(app, chosen, selected(app.services, chosen.services).here)
  const text = (shown: typeof all): string => findingsText(app, titleOf(app.ecosystem), shown, columns(), session.lock.replaced)
  const full = text(all)
  return full.split('\n').length + below > rows() ? text(withoutLabels(all)) : full
}

function stop(code: ExitCode): void {
  printError('Stopped. Nothing was written.\n')
  process.exitCode = code
}
