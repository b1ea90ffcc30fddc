import { parse, stringify } from '@iarna/toml'
import type { Sourced } from '../model/evidence.ts'
import type { Chosen, OptionKey, OptionValues } from '../model/options.ts'
import { Problem } from '../model/problem.ts'
import { optionKeys, optionTable, parsed, projectFile } from './options.ts'

/** Reads the choices of a repository. Throws a Problem (exit 2) with the line of what is wrong. */
export function readProject(text: string): Chosen {
  const data = parsedToml(text)
  const entries = Object.entries(data).map(([key, value]) => {
    const line = lineOfKey(text, key)
    if (!Object.hasOwn(optionTable, key)) throw unknownKey(key, line)
    const { value: checked } = parsed(key as OptionKey, value, 'project', `${projectFile}:${line}`)
    return [
      key,
      { value: checked, from: 'project', because: [{ file: projectFile, line, saw: `${key} = ${JSON.stringify(value)}` }] },
    ] as const
  })
  return Object.fromEntries(entries)
}

/** The file with these choices set. Only their lines change: order and comments of `text` stay. */
export function writeProject(text: string, chosen: Chosen): string {
  return optionKeys.reduce((file, key) => {
    const sourced: Sourced<OptionValues[OptionKey]> | undefined = chosen[key]
    return sourced?.from === 'answer' ? withValue(file, key, tomlValue(sourced.value)) : file
  }, text)
}

function tomlValue(value: string | number): string {
  return typeof value === 'number' ? String(value) : stringify.value(value)
}

/** Sets one key of the root table; a comment behind the old value stays. */
function withValue(text: string, key: OptionKey, value: string): string {
  const lines = text.split('\n')
  const table = lines.findIndex((line) => /^\s*\[/.test(line))
  const end = table === -1 ? lines.length : table
  const assignment = new RegExp(`^(\\s*["']?${key}["']?\\s*=\\s*)(?:"(?:[^"\\\\]|\\\\.)*"|'[^']*'|[^#\\s"']+)(\\s*(?:#.*)?)$`)
  const at = lines.findIndex((line, i) => i < end && assignment.test(line))
  if (at !== -1)
    return lines
      .with(
        at,
        (lines[at] ?? '').replace(assignment, (_, before, after) => before + value + after),
      )
      .join('\n')
  const last = lines.slice(0, end).findLastIndex((line) => line.trim() !== '') + 1
  return lines.toSpliced(last, 0, `${key} = ${value}`).join('\n')
}

function lineOfKey(text: string, key: string): number {
  return text.split('\n').findIndex((line) => line.includes(key) && !line.trimStart().startsWith('#')) + 1
}

function parsedToml(text: string): Record<string, unknown> {
  try {
    return parse(text)
  } catch (error) {
    const { line, message } = error as { line?: number; message: string }
    const above = text.split('\n').slice(0, line === undefined ? 0 : line + 1)
    const odd = above.findLastIndex((shown) => inherited(shown) !== undefined)
    if (/redefine/.test(message) && odd !== -1) throw unknownKey(inherited(above[odd] ?? '') ?? '', odd + 1)
    throw invalid(message.split('\n')[0] ?? '', line === undefined ? undefined : line + 1)
  }
}

/** The key of a line that is named like a member of every object, which the parser takes for one that is there already. */
function inherited(line: string): string | undefined {
  const key = line.match(/^[ \t]*\[{0,2}[ \t]*["']?(\w+)/)?.[1]
  return key !== undefined && key in {} ? key : undefined
}

function unknownKey(key: string, line: number): Problem {
  return new Problem({
    code: 'project-key-unknown',
    exit: 2,
    message: `${projectFile} has a key that is not known: ${key}.`,
    file: projectFile,
    line,
    fix: `Known keys: ${optionKeys.join(', ')}.`,
  })
}

function invalid(what: string, line: number | undefined): Problem {
  return new Problem({
    code: 'project-invalid',
    exit: 2,
    message: `${projectFile} is not valid: ${what}`,
    file: projectFile,
    ...(line === undefined ? {} : { line }),
    fix: 'Mend the line, then run the command again.',
  })
}
