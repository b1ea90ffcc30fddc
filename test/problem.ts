import { Problem, type ProblemText } from '../src/model/problem.ts'

/** The Problem that a run ends with. Another error is thrown on, and none is an error too. */
export function problemOf(run: () => unknown): ProblemText {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return error.text
    throw error
  }
  throw new Error('no Problem was thrown')
}
