import { readFileSync } from 'node:fs'
import { exitCodes, Problem } from '../model/problem.ts'
import { errorCode } from './errors.ts'

/** The text of a file of answers. Throws a Problem (exit 2) when it cannot be read. */
export function answersFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Problem({
      code: 'answers-invalid',
      exit: exitCodes.usage,
      message: `${path} cannot be read (${errorCode(error) ?? 'unknown'}).`,
      file: path,
      fix: 'Name a file that is there and that you may read.',
    })
  }
}
