import { exitCodes, Problem } from '../model/problem.ts'
import { problemText } from '../report/human.ts'

/** Ends the process with the exit code of a failure and says what to do. With `--json` the problem is the one document on stdout. */
export function failed(error: unknown): void {
  if (error instanceof Problem) {
    if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ schema: 1, problem: error.text }, undefined, 2)}\n`)
    process.stderr.write(problemText(error.text))
    process.exitCode = error.text.exit
    return
  }
  // inquirer's way to say that the user pressed Ctrl-C.
  if (error instanceof Error && error.name === 'ExitPromptError') {
    process.stderr.write('\nStopped. Nothing was written.\n')
    process.exitCode = exitCodes.stopped
    return
  }
  const verbose = process.argv.includes('--verbose') && error instanceof Error
  process.stderr.write(`secure-docker failed, and that is our fault: ${error instanceof Error ? error.message : String(error)}\n`)
  process.stderr.write(verbose ? `${error.stack ?? ''}\n` : 'Run it again with --verbose and report what it prints.\n')
  process.exitCode = exitCodes.ourFault
}
