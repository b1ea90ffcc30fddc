import type { Variable } from '../model/app.ts'
import { oneLine } from '../model/text.ts'
import { place } from './human.ts'

/** A variable with where its value comes from. */
export interface SuppliedVariable extends Variable {
  readonly from: 'service' | 'secret' | 'example' | 'environment' | 'default'
  readonly service?: string
}

/** Document of `env --json`. */
export interface EnvJson {
  readonly schema: 1
  readonly variables: readonly SuppliedVariable[]
}

/** The variables of a program, for machines. */
export function envJson(variables: readonly SuppliedVariable[]): EnvJson {
  return { schema: 1, variables }
}

const longestName = 30
const longestValue = 40
const places = 3

/** The variables of a program for people: beside each name what becomes of it and where it is read, in `width` columns; on narrow screens below it. */
export function envText(variables: readonly SuppliedVariable[], width: number): string {
  if (variables.length === 0) return 'The program reads no variables.\n'
  const column = width < 60 ? 2 : Math.min(Math.max(...variables.map((v) => v.name.length)), longestName) + 2
  return variables
    .map((v) => {
      const lines = wrapped(details(v), Math.max(width - column, 10))
      const beside = width >= 60 && v.name.length <= longestName
      const head = beside ? `${v.name.padEnd(column)}${lines[0] ?? ''}` : v.name
      return [head, ...(beside ? lines.slice(1) : lines).map((line) => `${' '.repeat(column)}${line}`)].join('\n')
    })
    .join('\n')
    .concat('\n')
}

function details(v: SuppliedVariable): readonly string[] {
  const more = v.because.length > places ? [`and ${v.because.length - places} more`] : []
  const seen = [...v.because.slice(0, places).map(place), ...more].join(', ')
  return `${becomes(v)} (${seen})`.split(' ')
}

/** What becomes of it in the Compose file. */
function becomes({ from, service, required, secret, generated, default: given, example }: SuppliedVariable): string {
  if (from === 'service') return `from the service ${service ?? ''}`
  if (from === 'secret') return generated ? 'secret, made up' : 'secret, yours to fill in'
  if (example !== undefined)
    return `${required ? 'required' : 'optional'}, ${oneLine(example.value).slice(0, longestValue)} of ${example.because.file}`
  const kind = `${required ? 'required' : 'optional'}${secret ? ' secret' : ''}`
  if (from === 'environment') return `${kind}, handed through`
  return given ? `default ${oneLine(given).slice(0, longestValue)}` : kind
}

/** Words in lines of at most `width` columns; a word that is longer stands alone. */
function wrapped(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
