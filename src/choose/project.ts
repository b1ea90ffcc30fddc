import { stringify } from '@iarna/toml'
import type { Sourced } from '../model/evidence.ts'
import type { Chosen, OptionKey, OptionValues } from '../model/options.ts'
import { optionKeys, optionTable, parsed, projectFile } from './options.ts'
import { readToml, unknownKey } from './toml.ts'

/** Reads the choices of a repository. Throws a Problem (exit 2) with the line of what is wrong. */
export function readProject(text: string): Chosen {
  const { data, lineOf } = readToml(text, projectFile, 'project-invalid')
  const entries = Object.entries(data).map(([key, value]) => {
    const line = lineOf(key)
    if (!Object.hasOwn(optionTable, key)) throw unknownKey(projectFile, key, line, optionKeys)
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
