/** Results: the only thing that goes to stdout. */
export function print(text: string): void {
  process.stdout.write(text)
}

/** Everything else: progress, notes, questions. */
export function printError(text: string): void {
  process.stderr.write(text)
}

/** Whether a person can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true && process.env['CI'] === undefined
}
