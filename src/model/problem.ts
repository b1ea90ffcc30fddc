import type { ProblemCode } from './problem-codes.ts'

/** One table of exit codes for every command. See docs/exit-codes.md. */
export const exitCodes = {
  done: 0,
  notServed: 1,
  usage: 2,
  nothingRecognised: 3,
  leftUnwritten: 4,
  outOfDate: 5,
  irreconcilable: 6,
  belowFloor: 7,
  notFetched: 8,
  ourFault: 70,
  stopped: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export interface ProblemText {
  /** Stable, for machines: `package-json-invalid`. */
  readonly code: ProblemCode
  readonly exit: ExitCode
  /** One sentence: what was wrong. */
  readonly message: string
  readonly file?: string
  readonly line?: number
  /** What to do next. */
  readonly fix: string
}

/** A failure that a person can act on. Anything else that is thrown is our fault (exit 70). */
export class Problem extends Error {
  readonly text: ProblemText

  constructor(text: ProblemText) {
    super(text.message)
    this.name = 'Problem'
    this.text = text
  }
}
