import { titleOf } from '../ecosystems/index.ts'
import { canAsk, columns, print, printError, printProse } from '../edge/terminal.ts'
import { findingsOf, findingsText } from '../report/findings.ts'
import { clashesText, nextCommands, noticesText } from '../report/human.ts'
import { selected } from '../services/selection.ts'
import { conclude, type InitArguments, open, policyOf } from './init-steps.ts'
import { known } from './known.ts'
import { type Proposal, proposeAround } from './proposal.ts'
import { chooseNone, type Session } from './session.ts'

/** Detects, shows what it would write, writes it, and says what to do next; with a person there it asks and previews first. */
export async function init(args: InitArguments): Promise<void> {
  if (!args.yes && !args.json && canAsk()) return (await import('./wizard/wizard.ts')).wizard(args)
  const session = await open(args, chooseNone)
  if (!args.json) printProse(`${findings(session)}${noticesText(session.found.app.notices)}\n`)
  const [proposal] = await proposeAround(session, policyOf(args, session.lock, false), async () => (args.beside ? 'beside' : 'leave'))
  await conclude(args, session, proposal)
  if (!args.json) await tellOfRivals(args, session, proposal)
  if (args.json || args.dryRun || nextCommands(proposal.outcomes).length === 0) return
  printProse(clashesText(await (await import('./ports.ts')).clashesOf(session.folder, proposal.services)))
}

/** What is known of the app, without what is only assumed. */
function findings(session: Session): string {
  const { app } = session.found
  const all = known(session)
  const chosen = Object.fromEntries(Object.entries(all).filter(([, { from }]) => from !== 'default'))
  return findingsText(
    app,
    titleOf(app.ecosystem),
    findingsOf(app, chosen, selected(app.services, all.services).here),
    columns(),
    session.lock.replaced,
  )
}

/** What ours would make of files that are in the way; the patch where nothing is written anyway. */
async function tellOfRivals({ dryRun }: InitArguments, session: Session, { outcomes }: Proposal): Promise<void> {
  const inTheWay = outcomes.filter(({ reason }) => reason === 'not-ours' || reason === 'shadowed')
  if (inTheWay.length === 0) return
  const { patchText, servicesText } = await import('./rivals.ts')
  if (dryRun) print(`\n${patchText(session, inTheWay)}`)
  const services = servicesText(session, inTheWay, columns())
  printError(services === '' ? '' : `\n${services}`)
}
