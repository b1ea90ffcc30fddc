import type { Options } from 'yargs'
import { readWords } from '../../edge/words.ts'
import type { Chosen } from './command.ts'
import { nameOf } from './command.ts'
import { globals } from './flags.ts'
import { lines } from './lines.ts'

/**
 * Reads a command line that leaves nothing to ask or to complain of: a command first, then flags and words that it knows, each once.
 * What comes out is what yargs makes of the same line; undefined for every other line. yargs alone takes as long to load as all else.
 */
export function plain(argv: readonly string[]): Chosen | undefined {
  const [name = '$0', ...words] = argv
  const line = lines.find((known) => nameOf(known) === name)
  if (line === undefined || !words.every((word) => ordinary.test(word))) return undefined
  const options: Readonly<Record<string, Options>> = { ...globals, ...line.options }
  const read = readWords(words, Object.entries(options).map(flagOf))
  const positionals = Object.entries(line.positionals ?? {})
  if (read === undefined || read.words.length > positionals.length) return undefined
  const given = new Map([...read.values, ...positionals.map(([key], place) => [key, read.words[place]] as const)])
  const tables = [...Object.entries(options), ...positionals]
  const fits = tables.every(([key, { choices, demandOption }]) => {
    const value = given.get(key)
    return value === undefined ? demandOption !== true : choices === undefined || choices.includes(String(value))
  })
  if (!fits) return undefined
  return { line, args: Object.fromEntries(tables.flatMap(([key, table]) => named(key, given.get(key) ?? table.default))) }
}

// Quotes, blanks and missing values have meanings of their own to yargs, and so have these three.
const ordinary = /^(?!(?:true|false|-)$)[\w./:@%+,=~-]+(?<!=)$/

function flagOf([name, { type, array, alias }]: readonly [string, Options]) {
  return { name, takesText: type !== 'boolean', repeats: array === true, ...(typeof alias === 'string' && { short: alias }) }
}

/** A value under the name of its flag and under the one that code uses; nothing for what was not given. */
function named(key: string, value: unknown): readonly (readonly [string, unknown])[] {
  return value === undefined ? [] : [key, key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())].map((name) => [name, value])
}
