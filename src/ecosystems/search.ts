import type { Evidence, Sourced } from '../model/evidence.ts'
import type { Tree } from '../model/tree.ts'

/** One place where a pattern matched. */
export interface Match {
  readonly evidence: Evidence
  /** The groups of the pattern; the whole match is group 0. */
  readonly groups: readonly (string | undefined)[]
}

const longestSaw = 120

/** Line number, from 1, of an offset in a text. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) line++
  return line
}

/** Evidence for the line of `text` at `offset`: the line itself, trimmed and cut at 120 characters. */
export function evidenceAt(file: string, text: string, offset: number): Evidence {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  const saw = text.slice(start, end === -1 ? undefined : end).trim()
  return { file, line: lineAt(text, offset), saw: saw.slice(0, longestSaw) }
}

/** Evidence for a file that is there. */
export function present(file: string): Evidence {
  return { file, saw: 'the file is there' }
}

/** Every match of a global pattern in the named files, in the order of the files. */
export function* matches(tree: Tree, files: Iterable<string>, pattern: RegExp): Generator<Match> {
  for (const file of files) {
    const text = tree.texts.get(file)
    if (text === undefined) continue
    for (const match of text.matchAll(pattern)) yield { evidence: evidenceAt(file, text, match.index), groups: [...match] }
  }
}

/** A detected value with its evidence. */
export function detected<T>(value: T, ...because: readonly Evidence[]): Sourced<T> {
  return { value, from: 'detected', because }
}

/** The first segment of a path. */
export function topOf(path: string): string {
  return path.split('/', 1)[0] ?? path
}
