import { select } from '../../edge/ask/ask.ts'
import { isStopped } from '../../edge/ask/stopped.ts'
import { patiently } from '../../edge/log.ts'
import { buildAndStart, hasEngine } from '../../edge/start.ts'
import { columns, printError } from '../../edge/terminal.ts'
import { exitCodes } from '../../model/problem.ts'
import { nextCommands } from '../../report/human.ts'
import type { Proposal } from '../proposal.ts'

/** Offers to build and start what was written, where there is a Docker Engine with Compose. */
export async function offerStart(folder: string, { outcomes, services }: Proposal): Promise<void> {
  const compose = outcomes.find(({ set }) => set === 'compose')
  if (compose === undefined || nextCommands(outcomes).length === 0 || !(await patiently('Looking for Docker', hasEngine(folder)))) return
  try {
    if (!(await wanted())) return
    const failure = await buildAndStart(folder, compose.path, (text) => printError(`${text.slice(0, Math.max(columns() - 1, 20))}\n`))
    if (failure === undefined) return printError(started(compose.path, services))
    printError(`\n${failure}\n`)
    process.exitCode = exitCodes.notServed
  } catch (error) {
    if (!isStopped(error)) throw error
    printError('\nStopped. The files are written; what runs is shown by: docker compose ps\n')
    process.exitCode = exitCodes.stopped
  }
}

async function wanted(): Promise<boolean> {
  printError('\n')
  return select({ message: 'Build it and start it now?', why: 'A Docker Engine is there.', more }, [
    { name: 'Yes, build and start', value: true },
    { name: 'No, leave it at the files', value: false },
  ])
}

const more = `It runs the two commands above. The first build downloads base images and installs dependencies: some minutes.
Ctrl-C stops it; the files stay.`

function started(file: string, services: Proposal['services']): string {
  const port = services.find(({ source }) => 'dockerfile' in source)?.ports[0]?.host
  const flag = file === 'compose.yaml' ? '' : ` --file ${file}`
  const where = port === undefined ? 'It runs.' : `It runs, and answers at http://127.0.0.1:${port}/`
  return `\n${where}\n  logs  docker compose${flag} logs --follow\n  stop  docker compose${flag} down\n`
}
