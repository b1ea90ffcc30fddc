import { isVerbose, printError } from './terminal.ts'

const wanted = /(?:^|[\s,])(?:\*|secure-docker)(?:$|[\s,])/.test(process.env['DEBUG'] ?? '')

/** One line of the debug log (DEBUG=secure-docker, or --verbose): milliseconds since the program began, and what was done. Never contents of files. */
export function log(what: string): void {
  if (wanted || isVerbose()) process.stderr.write(`secure-docker ${(process.uptime() * 1000).toFixed(0).padStart(5)} ms  ${what}\n`)
}

/** Waits for something, and says what it is when that takes longer than half a second. */
export async function patiently<T>(what: string, work: Promise<T>): Promise<T> {
  const late = setTimeout(() => printError(`${what} ...\n`), 500)
  try {
    return await work
  } finally {
    clearTimeout(late)
    log(what)
  }
}
