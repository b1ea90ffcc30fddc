import { stringify } from '@iarna/toml'
import type { Sourced } from '../model/evidence.ts'
import type { Chosen, OptionKey, OptionValues } from '../model/options.ts'
import type { PresetRef, Waiver } from '../model/preset.ts'
import { optionKeys, optionTable, parsed, projectFile } from './options.ts'
import { refsOf } from './refs.ts'
import { readToml, type Table, type Toml, unknownKey } from './toml.ts'
import { waiversOf } from './waivers.ts'

/** What a repository says in its own file. */
export interface Project {
  readonly chosen: Chosen
  /** Presets that it follows, the last wins. */
  readonly extends: readonly PresetRef[]
  readonly waivers: readonly Waiver[]
}

/** Reads a repository's own file. Throws a Problem (exit 2) with the line of what is wrong. */
export function readProject(text: string): Project {
  const toml = readToml(text, projectFile, 'project-invalid')
  const { extends: _, waiver, ...choices } = toml.data
  return { chosen: chosenIn(choices, toml), extends: refsOf(toml), waivers: waiversOf(waiver, toml) }
}

function chosenIn(choices: Table, { lineOf }: Toml): Chosen {
  const entries = Object.entries(choices).map(([key, value]) => {
    const line = lineOf(key)
    if (!Object.hasOwn(optionTable, key)) throw unknownKey(projectFile, key, line, ['extends', 'waiver', ...optionKeys])
    const { value: checked } = parsed(key as OptionKey, value, 'project', `${projectFile}:${line}`)
    return [
      key,
      { value: checked, from: 'project', because: [{ file: projectFile, line, saw: `${key} = ${JSON.stringify(value)}` }] },
    ] as const
  })
  return Object.fromEntries(entries)
}

/** The file with these choices set, and with these presets behind those that it names. Only their lines change: order and comments of `text` stay. */
export function writeProject(text: string, chosen: Chosen, presets: readonly string[] = []): string {
  return optionKeys.reduce(
    (file, key) => {
      const sourced: Sourced<OptionValues[OptionKey]> | undefined = chosen[key]
      return sourced?.from === 'answer' ? withValue(file, key, tomlValue(sourced.value)) : file
    },
    withPresets(text, presets),
  )
}

function tomlValue(value: OptionValues[OptionKey]): string {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : stringify.value(value as string)
}

/** A list over several lines is put on one. */
function withPresets(text: string, presets: readonly string[]): string {
  if (presets.length === 0) return text
  const named = readProject(text).extends.map(({ ref }) => ref)
  const all = [...named, ...presets.filter((ref) => !named.includes(ref))]
  if (all.length === named.length) return text
  const value = `[${all.map((ref) => stringify.value(ref)).join(', ')}]`
  const list = /^[ \t]*extends[ \t]*=[ \t]*\[[^\]]*\]/m
  return list.test(text) ? text.replace(list, () => `extends = ${value}`) : withValue(text, 'extends', value)
}

/** Sets one key of the root table; a comment behind the old value stays. */
function withValue(text: string, key: OptionKey | 'extends', value: string): string {
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
