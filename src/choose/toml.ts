import { parse } from '@iarna/toml'
import { exitCodes, Problem } from '../model/problem.ts'
import type { ProblemCode } from '../model/problem-codes.ts'
import { tomlLines } from './toml-lines.ts'

export type Table = Readonly<Record<string, unknown>>

/** A TOML document that a person wrote. */
export interface Toml {
  /** How it is named in messages and evidence. */
  readonly file: string
  readonly data: Table
  /** The line (from 1) of a key, given as the way to it; that of the nearest key above when it is none. */
  lineOf(...way: readonly (string | number)[]): number
}

/** Nobody writes as much by hand. */
const longest = 256 * 1024
const deepest = 8

/** Reads a document. Throws a Problem (exit 2) with the line of what is wrong, or when it is too long or too deep. */
export function readToml(text: string, file: string, code: ProblemCode): Toml {
  const invalid = (what: string, line?: number): Problem =>
    new Problem({
      code,
      exit: exitCodes.usage,
      message: `${file} is not valid: ${what}`,
      file,
      ...(line === undefined ? {} : { line }),
      fix: 'Mend the line, then run the command again.',
    })
  if (text.length > longest) throw invalid(`it is longer than ${longest / 1024} KiB.`)
  const lines = tomlLines(text, deepest)
  if ('tooDeep' in lines) throw invalid(`it is nested more than ${deepest} levels deep.`, lines.tooDeep)
  return {
    file,
    data: parsed(text, file, invalid),
    lineOf(...way) {
      for (let length = way.length; length > 0; length--) {
        const line = lines.at.get(way.slice(0, length).join('\0'))
        if (line !== undefined) return line
      }
      return 1
    },
  }
}

function parsed(text: string, file: string, invalid: (what: string, line?: number) => Problem): Table {
  try {
    return parse(text)
  } catch (error) {
    const { line, message } = error as { line?: number; message: string }
    const above = text.split('\n').slice(0, line === undefined ? 0 : line + 1)
    const odd = above.findLastIndex((shown) => inherited(shown) !== undefined)
    if (/redefine/.test(message) && odd !== -1) throw unknownKey(file, inherited(above[odd] ?? '') ?? '', odd + 1, [])
    throw invalid((message.split('\n')[0] ?? '').slice(0, 200), line === undefined ? undefined : line + 1)
  }
}

/** The key of a line that is named like a member of every object, which the parser takes for one that is there already. */
function inherited(line: string): string | undefined {
  const key = line.match(/^[ \t]*\[{0,2}[ \t]*["']?(\w+)/)?.[1]
  return key !== undefined && key in {} ? key : undefined
}

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

/** Error for a key that is none of `known`, with the one that it comes nearest to; `last` is its last part. */
export function unknownKey(file: string, key: string, line: number, known: readonly string[], last = key): Problem {
  const near = nearest(last, known)
  return new Problem({
    code: 'key-unknown',
    exit: exitCodes.usage,
    message: `${file} has a key that is not known: ${key.slice(0, 80)}.`,
    file,
    line,
    fix: `${near === undefined ? '' : `Did you mean ${near}? `}${known.length === 0 ? 'Remove it.' : `Known keys: ${known.join(', ')}.`}`,
  })
}

/** The word that is reached with the fewest changes, when they are few. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > 40) return undefined
  const ranked = known.map((other) => ({ other, far: distance(word.toLowerCase(), other) })).sort((a, b) => a.far - b.far)
  const [best] = ranked
  return best !== undefined && best.far <= Math.max(2, Math.floor(word.length / 3)) ? best.other : undefined
}

/** Letters to add, remove or replace (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? 0
}
