import type { Lock, LockedFact } from '../model/artifact.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import type { Pin } from '../model/reference.ts'

export const lockFile = 'secure-docker.lock'

/** Raised when an older tool would misunderstand the file. */
export const lockVersion = 1

/** What stands for a project without a lock. */
export const noLock: Lock = { tool: '', facts: new Map(), bases: new Map(), ejected: new Set(), replaced: new Map(), presets: new Map() }

/** Gives the SHA-256 of a text's UTF-8 bytes in hexadecimal. */
export type Sha256 = (text: string) => string

const head = `# What secure-docker wrote last, so that it can tell your edits from its own lines. Commit this file; do not edit it.
lockVersion = ${lockVersion}
`

/** The lock as TOML: the same lock gives the same bytes. Throws a Problem on text that is not Unicode. */
export function formatLock({ tool, facts, bases, ejected, replaced, presets }: Lock, sha256: Sha256): string {
  const known = sorted(facts).map(([name, fact]) => `${quoted(name)} = ${factText(fact)}\n`)
  const table = (path: string, lines: string): string => `\n[files.${quoted(path)}]\n${lines}`
  const files = [
    ...[...bases].map(([path, base]) => [path, `hash = "sha256:${sha256(base)}"\nbase = ${multiLine(base)}\n`] as const),
    ...[...ejected].map((path) => [path, 'ejected = true\n'] as const),
  ]
  const tables = sorted(files).map(([path, lines]) => table(path, lines))
  const before = sorted(replaced).map(([path, text]) => `\n[replaced.${quoted(path)}]\ntext = ${multiLine(text)}\n`)
  const factTable = known.length === 0 ? '' : `\n[facts]\n${known.join('')}`
  const pins = sorted(presets).map(([ref, pin]) => `\n[presets.${quoted(ref)}]\n${pinText(pin)}`)
  return `${head}tool = ${quoted(tool)}\n${factTable}${pins.join('')}${tables.join('')}${before.join('')}`
}

function pinText({ version, exact, commit, newest, digest }: Pin): string {
  const texts = Object.entries({ version, commit, newest, digest: `sha256:${digest}` })
  const lines = texts.flatMap(([key, text]) => (text === undefined ? [] : [`${key} = ${quoted(text)}\n`]))
  return `${lines.join('')}${exact ? 'exact = true\n' : ''}`
}

function factText({ value, file, seen }: LockedFact): string {
  const parts = Object.entries({ value, file, seen }).flatMap(([key, text]) => (text === undefined ? [] : [`${key} = ${quoted(text)}`]))
  return `{ ${parts.join(', ')} }`
}

function sorted<T>(entries: Iterable<readonly [string, T]>): readonly (readonly [string, T])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** A text as a multi-line string whose lines are those of the text, so that it merges and reads like the file itself. */
function multiLine(text: string): string {
  const escaped = escapeControls(unicode(text).replaceAll('\\', '\\\\'))
    // Three quotes in a row would end the string, and so would one before its end.
    .replace(/"(?="|$)/g, '\\"')
    // No line may look like the mark of a merge conflict.
    .replace(/(?<=^|\n)([<=>|])(?=\1{6})/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`)
  return `"""\n${escaped}"""`
}

export function quoted(text: string): string {
  return JSON.stringify(unicode(text)).replaceAll('\u007f', '\\u007f')
}

/** Control characters that TOML wants escaped: all but tab and line feed. */
function escapeControls(text: string): string {
  return text.replace(/(?![\t\n])\p{Cc}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function unicode(text: string): string {
  if (!/\p{Surrogate}/u.test(text)) return text
  throw new Problem({
    code: 'text-not-unicode',
    exit: exitCodes.notServed,
    message: 'A text to be written holds half of a surrogate pair, which no UTF-8 file can hold.',
    fix: 'Look for \\ud800 to \\udfff in the names and descriptions of your manifests.',
  })
}
