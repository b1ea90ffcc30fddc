import { optionKeys, parsed } from '../choose/options.ts'
import { refsOf } from '../choose/refs.ts'
import { accepts, type Schema } from '../choose/schema.ts'
import { isTable, readToml, type Table, type Toml, unknownKey } from '../choose/toml.ts'
import type { Evidence } from '../model/evidence.ts'
import type { Chosen, OptionKey } from '../model/options.ts'
import {
  type Block,
  type BlockName,
  type Condition,
  type Floor,
  type FloorLimit,
  type FloorName,
  type Preset,
  type PresetSource,
  presetFile,
  type Section,
} from '../model/preset.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { blockNames, conditionSchema, documentSchema, floorTable } from './schema.ts'

type Way = readonly (string | number)[]

/** A document with the preset that it belongs to. */
interface Document extends Toml {
  readonly source: PresetSource
  readonly waivers: boolean
}

/** How the file of a preset is named in messages and evidence. */
export function labelOf(ref: string, file = presetFile): string {
  return `preset ${ref}: ${file}`
}

/** Reads and checks a preset; what it extends is not looked at. Throws a Problem (exit 2) with the file, the line and the nearest valid key. */
export function parsePreset(source: PresetSource): Preset {
  const text = source.files.get(presetFile)
  if (text === undefined) throw noDocument(source.ref)
  const toml = readToml(text, labelOf(source.ref), 'preset-invalid')
  known(toml, [], Object.keys(documentSchema))
  const description = valueAt(toml, ['description'], documentSchema.description, 'a text of 1 to 500 characters')
  if (description === undefined) throw invalid(toml, [], 'it has no description.')
  const waivers = valueAt(toml, ['waivers'], documentSchema.waivers, 'true or false') === true
  const document: Document = { ...toml, source, waivers }
  const own = section(document, [], {})
  return {
    ref: source.ref,
    ...(source.digest === undefined ? {} : { digest: source.digest }),
    description: String(description),
    extends: refsOf(toml),
    waivers,
    sections: [own, ...cases(document).map((way) => section(document, way, own.when))],
  }
}

function cases(document: Document): readonly Way[] {
  const list = at(document.data, ['case'])
  if (list === undefined) return []
  if (!Array.isArray(list) || list.length > 100 || !list.every(isTable)) throw invalid(document, ['case'], 'cases are written as [[case]].')
  for (const [i] of list.entries()) known(document, ['case', i], ['when', 'defaults', 'force', 'floors', 'blocks'])
  return list.map((_, i) => ['case', i])
}

function section(document: Document, way: Way, outer: Condition): Section {
  return {
    when: { ...outer, ...condition(document, [...way, 'when']) },
    defaults: options(document, [...way, 'defaults'], 'preset'),
    force: options(document, [...way, 'force'], 'force'),
    floors: floors(document, [...way, 'floors']),
    blocks: blocks(document, [...way, 'blocks']),
  }
}

function condition(document: Document, way: Way): Condition {
  const table = tableAt(document, way)
  known(document, way, Object.keys(conditionSchema))
  for (const [key, schema] of Object.entries(conditionSchema)) {
    if (!accepts(schema, table[key] ?? [])) throw invalid(document, [...way, key], `${key} is no list of known names.`)
  }
  return table
}

function options(document: Document, way: Way, from: 'preset' | 'force'): Chosen {
  const table = tableAt(document, way)
  known(document, way, optionKeys)
  return Object.fromEntries(
    Object.entries(table).map(([key, value]) => {
      const line = document.lineOf(...way, key)
      const sourced = parsed(key as OptionKey, value, from, `${document.file}:${line}`)
      return [key, { ...sourced, because: [evidence(document, [...way, key], `${key} = ${JSON.stringify(value)}`)] }]
    }),
  )
}

function floors(document: Document, way: Way): readonly Floor[] {
  const table = tableAt(document, way)
  known(document, way, Object.keys(floorTable))
  return Object.entries(table).flatMap(([key, value]): Floor[] => {
    const name = key as FloorName
    const { expected, schema, read } = floorTable[name]
    const here = [...way, name]
    if (!accepts(schema, value)) throw invalid(document, here, `${name} is not ${expected}.`)
    const limit = read(value as never)
    if (limit === undefined) return []
    check(document, here, limit)
    const because = evidence(document, here, `${name} = ${JSON.stringify(value)}`)
    return [{ ...limit, preset: document.source.ref, waivable: document.waivers, because }]
  })
}

function check(document: Document, way: Way, limit: FloorLimit): void {
  if ('min' in limit && 'max' in limit && Number(limit.min) > Number(limit.max)) throw invalid(document, way, 'its min is above its max.')
  if (limit.floor !== 'labels') return
  for (const [label, pattern] of Object.entries(limit.require))
    if (!isPattern(pattern)) throw invalid(document, [...way, label], `${JSON.stringify(pattern)} is no regular expression.`)
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u')
    return true
  } catch {
    return false
  }
}

function blocks(document: Document, way: Way): readonly Block[] {
  const table = tableAt(document, way)
  known(document, way, blockNames)
  return Object.entries(table).map(([name, value]) => {
    const because = evidence(document, [...way, name], name)
    const file = isTable(value) && Object.keys(value).length === 1 && typeof value['file'] === 'string' ? value['file'] : undefined
    const template = typeof value === 'string' ? value : document.source.files.get(file ?? presetFile)
    if (typeof value !== 'string' && (file === undefined || template === undefined))
      throw invalid(document, [...way, name], `${name} is neither a template nor { file = "a file of the preset" }.`)
    const shown = file === undefined ? because : { file: labelOf(document.source.ref, file), line: 1, saw: name }
    return { name: name as BlockName, template: template ?? '', preset: document.source.ref, because: shown }
  })
}

/** The table at a place, empty when there is none. */
function tableAt(toml: Toml, way: Way): Table {
  const value = at(toml.data, way) ?? {}
  if (isTable(value)) return value
  throw invalid(toml, way, `${way.at(-1) ?? ''} is no table.`)
}

function valueAt(toml: Toml, way: Way, schema: Schema, expected: string): unknown {
  const value = at(toml.data, way)
  if (value === undefined || accepts(schema, value)) return value
  throw invalid(toml, way, `${way.join('.')} is not ${expected}.`)
}

function at(value: unknown, way: Way): unknown {
  return way.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Table)[key] : undefined),
    value,
  )
}

function known(toml: Toml, way: Way, names: readonly string[]): void {
  const odd = Object.keys(tableAt(toml, way)).find((key) => !names.includes(key))
  if (odd !== undefined) throw unknownKey(toml.file, [...way, odd].join('.'), toml.lineOf(...way, odd), names, odd)
}

function evidence(toml: Toml, way: Way, saw: string): Evidence {
  return { file: toml.file, line: toml.lineOf(...way), saw: saw.slice(0, 200) }
}

function invalid(toml: Toml, way: Way, what: string): Problem {
  return new Problem({
    code: 'preset-invalid',
    exit: exitCodes.usage,
    message: `${toml.file} is not valid: ${what}`,
    file: toml.file,
    line: toml.lineOf(...way),
    fix: 'Mend the line, then run the command again. docs/presets.md lists every key.',
  })
}

function noDocument(ref: string): Problem {
  return new Problem({
    code: 'preset-invalid',
    exit: exitCodes.usage,
    message: `The preset ${ref} holds no ${presetFile}.`,
    file: labelOf(ref),
    fix: `Name the folder or file that holds its ${presetFile}.`,
  })
}
