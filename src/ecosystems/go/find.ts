import { evidenceAt, type Match } from '../search.ts'
import type { GoFile } from './source.ts'

/** Every match of a global pattern in the code of the files, comments left out, in the order of the files. */
export function* found(files: Iterable<GoFile>, pattern: RegExp): Generator<Match> {
  for (const { file, text, code } of files)
    for (const match of code.matchAll(pattern)) yield { evidence: evidenceAt(file, text, match.index), groups: [...match] }
}

/** The first of them. */
export function first(files: Iterable<GoFile>, pattern: RegExp): Match | undefined {
  return found(files, pattern).next().value ?? undefined
}
