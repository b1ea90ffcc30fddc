import type { Evidence, Sourced } from '../model/evidence.ts'
import { oneLine } from '../model/text.ts'
import { place } from './human.ts'

/** One option as it counts, with what it overruled: the one that nearly won first. */
export interface ConfigRow {
  readonly key: string
  readonly value: unknown
  readonly from: Sourced<unknown>['from']
  readonly because: readonly Evidence[]
  readonly overruled: readonly Sourced<unknown>[]
}

/** A floor that holds here. */
export interface ConfigFloor {
  readonly floor: string
  readonly preset: string
  readonly because: Evidence
}

/** Every value with where it comes from; below it what it overruled. */
export function configText(presets: readonly string[], rows: readonly ConfigRow[], floors: readonly ConfigFloor[]): string {
  const width = Math.max(...rows.map(({ key }) => key.length))
  const values = rows.flatMap(({ key, overruled, ...sourced }) => [
    `${key.padEnd(width)}  ${shown(sourced.value)}  (${originOf(sourced)})\n`,
    ...overruled.map((other) => `${' '.repeat(width)}    overrules ${shown(other.value)}  (${originOf(other)})\n`),
  ])
  const held = floors.map(({ because }) => `  ${oneLine(because.saw)}  (${place(because)})\n`)
  const followed = presets.length === 0 ? '' : `presets: ${presets.join(', ')}\n\n`
  return `${followed}${values.join('')}${held.length === 0 ? '' : `\nfloors:\n${held.join('')}`}`
}

function shown(value: unknown): string {
  return oneLine(typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 100)
}

function originOf({ from, because }: Pick<Sourced<unknown>, 'from' | 'because'>): string {
  const [first] = because
  const word = { default: 'default', preset: 'preset', detected: 'detected', project: 'project file', answer: 'answer', force: 'forced' }[
    from
  ]
  const [origin, where] = [word, place(first)]
  return where === '' ? origin : where.startsWith('preset ') && from === 'preset' ? where : `${origin}, ${where}`
}

/** Document of `config --json`. */
export interface ConfigJson {
  readonly schema: 1
  readonly presets: readonly string[]
  readonly options: readonly ConfigRow[]
  readonly floors: readonly ConfigFloor[]
}

export function configJson(presets: readonly string[], options: readonly ConfigRow[], floors: readonly ConfigFloor[]): ConfigJson {
  return { schema: 1, presets, options, floors: floors.map(({ floor, preset, because }) => ({ floor, preset, because })) }
}
