import type { Waiver } from '../model/preset.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { accepts, type Schema } from './schema.ts'
import { isTable, type Toml, unknownKey } from './toml.ts'

const text: Schema = { type: 'string', pattern: '\\S', maxLength: 500 }

/** What a waiver must say. */
export const waiverSchema = {
  floor: { type: 'string', pattern: '^[a-z-]+$', maxLength: 40 },
  reason: text,
  owner: text,
  expires: { type: 'string', pattern: '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$' },
} as const satisfies Readonly<Record<string, Schema>>

/** The tables [[waiver]] of a project. Throws a Problem (exit 2) with the line of what is missing or wrong. */
export function waiversOf(given: unknown, { file, lineOf }: Toml): readonly Waiver[] {
  if (given === undefined) return []
  const invalid = (line: number, what: string): Problem =>
    new Problem({
      code: 'waiver-invalid',
      exit: exitCodes.usage,
      message: `${file} is not valid: ${what}`,
      file,
      line,
      fix: 'A [[waiver]] has a floor, a reason, an owner and a day on which it expires, such as expires = "2027-03-31".',
    })
  if (!Array.isArray(given) || given.length > 100 || !given.every(isTable))
    throw invalid(lineOf('waiver'), 'waivers are written as [[waiver]].')
  return given.map((table, i): Waiver => {
    const odd = Object.keys(table).find((key) => !Object.hasOwn(waiverSchema, key))
    if (odd !== undefined) throw unknownKey(file, `waiver.${odd}`, lineOf('waiver', i, odd), Object.keys(waiverSchema), odd)
    const textOf = (key: keyof typeof waiverSchema): string => {
      const value = key === 'expires' ? dayOf(table[key]) : table[key]
      if (value === undefined) throw invalid(lineOf('waiver', i), `this waiver has no ${key}.`)
      if (typeof value !== 'string' || !accepts(waiverSchema[key], value))
        throw invalid(lineOf('waiver', i, key), `${key} is not what a waiver can hold.`)
      return value
    }
    const [floor, reason, owner, expires] = [textOf('floor'), textOf('reason'), textOf('owner'), textOf('expires')]
    // Whether there is such a floor is asked where waivers are held against those of the presets.
    return {
      floor: floor as Waiver['floor'],
      reason,
      owner,
      expires,
      because: { file, line: lineOf('waiver', i), saw: `waiver of ${floor}` },
    }
  })
}

/** A date of TOML as its day; texts stay. */
function dayOf(value: unknown): unknown {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString().slice(0, 10) : value
}
