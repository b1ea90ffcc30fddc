import { exitCodes, Problem } from '../model/problem.ts'
import { errorCode } from './errors.ts'

/** Makes a folder the one that paths are relative to. Throws a Problem (exit 2) when it cannot be entered. */
export function enter(folder: string): void {
  try {
    process.chdir(folder)
  } catch (error) {
    throw new Problem({
      code: 'folder-missing',
      exit: exitCodes.usage,
      message: `--cwd ${folder}: the folder cannot be entered (${errorCode(error) ?? 'unknown'}).`,
      fix: 'Name a folder that is there.',
    })
  }
}
