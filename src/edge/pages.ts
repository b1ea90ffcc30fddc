import { readFileSync } from 'node:fs'
import type { ProblemCode } from '../model/problem-codes.ts'

/** The page of an error, which is part of the package. Read from the built program: its chunks lie beside the folder docs. */
export function errorPage(code: ProblemCode): string {
  return readFileSync(new URL(`../docs/errors/${code}.md`, import.meta.url), 'utf8')
}
