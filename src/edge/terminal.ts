import { wrapped } from '../report/table.ts'

/** What the global flags ask of the terminal. */
export interface Manner {
  readonly quiet: boolean
  readonly verbose: boolean
  readonly noColor: boolean
}

let manner: Manner = { quiet: false, verbose: false, noColor: false }

/** Takes the global flags over, before anything is printed. */
export function behave(wanted: Manner): void {
  manner = wanted
  if (!wanted.noColor) return
  // Libraries that colour know these two.
  delete process.env['FORCE_COLOR']
  process.env['NO_COLOR'] = '1'
}

/** Whether stacks are printed, and what is being done. */
export function isVerbose(): boolean {
  return manner.verbose
}

/** Results: the only thing that goes to stdout. */
export function print(text: string): void {
  process.stdout.write(text)
}

/** Everything else: progress, notes, questions. Nothing with --quiet. */
export function printError(text: string): void {
  if (!manner.quiet) process.stderr.write(text)
}

/** Text for people, broken between words where a terminal would break it inside of them. */
export function printProse(text: string): void {
  printError(prose(text))
}

/** Lines that fit the terminal; as they are where there is none. */
export function prose(text: string): string {
  const width = columns()
  return text
    .split('\n')
    .flatMap((line) => (line.length < width ? [line] : wrapped(line, width - 1)))
    .join('\n')
}

/** Whether a person can be asked. */
export function canAsk(): boolean {
  return !manner.quiet && process.stdin.isTTY === true && process.stderr.isTTY === true && process.env['CI'] === undefined
}

/** Lines of the terminal. */
export function rows(): number {
  return process.stderr.rows || 24
}

/** Columns of the terminal; no limit where there is none, so that nothing is cut. */
export function columns(stream: NodeJS.WriteStream = process.stderr): number {
  return stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY
}
