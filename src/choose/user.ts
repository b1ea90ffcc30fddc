import type { Sourced } from '../model/evidence.ts'
import type { Chosen } from '../model/options.ts'
import { exitCodes, Problem } from '../model/problem.ts'

/** A user id of a range, both ends in it: the same for the same name on every machine, and spread over the range (FNV-1a, 32 bits). */
export function userIn(from: number, to: number, name: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return from + (hash % (to - from + 1))
}

/** The user id that a project gets: the one it chose, else one of the range that was chosen. Throws a Problem (exit 2) when the range is none. */
export function chosenUser({ user, 'user-range': range, name }: Chosen): Sourced<number> | undefined {
  if (user !== undefined || range === undefined) return user
  const [from = 0, to = 0] = range.value.split('-').map(Number)
  if (from <= to) return { ...range, value: userIn(from, to, name?.value ?? '') }
  const [first] = range.because
  throw new Problem({
    code: 'option-invalid',
    exit: exitCodes.usage,
    message: `user-range: ${range.value} ends before it begins.`,
    ...(first === undefined ? {} : { file: first.file, ...(first.line !== undefined && { line: first.line }) }),
    fix: 'Write the lower user id first: 20000-29999.',
  })
}
