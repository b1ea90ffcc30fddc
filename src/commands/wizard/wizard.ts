import { titleOf } from '../../ecosystems/index.ts'
import { columns, printError } from '../../edge/terminal.ts'
import { exitCodes } from '../../model/problem.ts'
import { findingsOf, findingsText } from '../../report/findings.ts'
import { attentionText } from '../../report/human.ts'
import { conclude, type InitArguments, open, policyOf } from '../init.ts'
import { type Proposal, proposeAround, type Session } from '../session.ts'
import { change, known } from './change.ts'
import { askConflict, askPieces } from './conflicts.ts'
import { preview } from './preview.ts'
import { askApp, askQuestions } from './questions.ts'
import { offerStart } from './start.ts'

/** `init` with a person: what was found, what is open, what would be written, as often as they go back; then it is written, and started if they like. */
export async function wizard(args: InitArguments): Promise<void> {
  let session = await open(args, askApp)
  printError(`\n${findings(session)}\n`)
  session = { ...session, answers: { ...(await askQuestions(session)), ...session.answers } }
  let policy = policyOf(args, session.lock, true)
  for (;;) {
    const [first, decided] = await proposeAround(session, policy, async (inTheWay) => (args.beside ? 'beside' : askConflict(inTheWay)))
    policy = decided
    const proposal = await askPieces(session, policy, first)
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
  printError(attentionText(session.found.app.notices))
  if (!args.dryRun) await offerStart(session.folder, proposal)
}

function findings(session: Session): string {
  const { app } = session.found
  return findingsText(app, titleOf(app.ecosystem), findingsOf(app, known(session)), columns())
}

function stop(): void {
  printError('Stopped. Nothing was written.\n')
  process.exitCode = exitCodes.stopped
}
