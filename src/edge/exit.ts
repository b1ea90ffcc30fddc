import { exitCodes, Problem } from '../model/problem.ts'
import { problemText } from '../report/human.ts'
import { version } from '../version.ts'
import { isStopped } from './ask/stopped.ts'
import { isVerbose, prose } from './terminal.ts'

/** Ends the process with the exit code of a failure and says what to do. With `--json` the problem is the one document on stdout. */
export function failed(error: unknown): void {
  if (error instanceof Problem) {
    if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ schema: 1, problem: error.text }, undefined, 2)}\n`)
    process.stderr.write(prose(problemText(error.text)))
    process.exitCode = error.text.exit
    return
  }
  if (isStopped(error)) {
    process.stderr.write('\nStopped. Nothing was written.\n')
    process.exitCode = exitCodes.stopped
    return
  }
  process.stderr.write(faultText(error, isVerbose()))
  process.exitCode = exitCodes.ourFault
}

/** What to say about an error that is ours. Its message may hold a piece of a file, and is shown only when asked for. */
function faultText(error: unknown, verbose: boolean): string {
  const name = error instanceof Error ? error.name : typeof error
  const place = error instanceof Error ? (error.stack ?? '').match(/[\w-]+\.js:\d+:\d+/)?.[0] : undefined
  const what = `secure-docker failed, and that is our fault (${name}${place === undefined ? '' : ` at ${place}`}, version ${version}, Node.js ${process.versions.node}, ${process.platform}).`
  return verbose
    ? `${what}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`
    : `${what}\nPlease report this line. It holds nothing of your files; what --verbose adds may: read it before you share it.\n`
}
