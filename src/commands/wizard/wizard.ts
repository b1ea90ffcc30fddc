import { titleOf } from '../../ecosystems/index.ts'
import { columns, printError, printProse } from '../../edge/terminal.ts'
import { exitCodes } from '../../model/problem.ts'
import { findingsOf, findingsText } from '../../report/findings.ts'
import { attentionText, clashesText, nextCommands } from '../../report/human.ts'
import { selected } from '../../services/selection.ts'
import { conclude, type InitArguments, open, policyOf } from '../init.ts'
import { known } from '../known.ts'
import { clashesOf } from '../ports.ts'
import { type Proposal, proposeAround, type Session } from '../session.ts'
import { change } from './change.ts'
import { askConflict, askPieces } from './conflicts.ts'
import { askPort, type Kept } from './ports.ts'
import { preview } from './preview.ts'
import { askApp, askQuestions } from './questions.ts'
import { askServices } from './services.ts'
import { offerStart } from './start.ts'

/** `init` with a person: what was found, what is open, what would be written, as often as they go back; then it is written, and started if they like. */
export async function wizard(args: InitArguments): Promise<void> {
  let session = await open(args, askApp)
  printError(`\n${findings(session)}\n`)
  session = { ...session, answers: { ...(await askQuestions(session)), ...(await askServices(session)), ...session.answers } }
  const kept: Kept = new Set()
  let policy = policyOf(args, session.lock, true)
  for (;;) {
    const [first, decided] = await proposeAround(session, policy, async (inTheWay) =>
      args.beside ? 'beside' : askConflict(session, inTheWay),
    )
    policy = decided
    const proposal = await askPieces(session, policy, first)
    const moved = args.dryRun ? undefined : await askPort(session, proposal, kept)
    if (moved !== undefined) {
      session = moved
      continue
    }
    const next = args.dryRun ? { write: proposal.outcomes } : await preview(proposal.outcomes)
    if (next === 'stop') return stop()
    if (next !== 'change') return finish(args, session, { ...proposal, outcomes: next.write })
    session = await change(session, policy)
    printError(`\n${findings(session)}\n`)
  }
}

async function finish(args: InitArguments, session: Session, proposal: Proposal): Promise<void> {
  printError('\n')
  await conclude(args, session, proposal)
  printProse(attentionText(session.found.app.notices))
  if (args.dryRun) return
  if (nextCommands(proposal.outcomes).length > 0) printProse(clashesText(await clashesOf(session.folder, proposal.services)))
  await offerStart(session.folder, proposal)
}

function findings(session: Session): string {
  const { app } = session.found
  const chosen = known(session)
  return findingsText(app, titleOf(app.ecosystem), findingsOf(app, chosen, selected(app.services, chosen.services).here), columns())
}

function stop(): void {
  printError('Stopped. Nothing was written.\n')
  process.exitCode = exitCodes.stopped
}
