import type { Chosen, OptionKey } from '../model/options.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { optionKeys, optionTable, parsed, scalarKeys } from './options.ts'
import { isTable, nearest, readToml, type Table, unknownKey } from './toml.ts'

/** Answers given on the command line: `port=8080`. Throws a Problem (exit 2) on one that is none, or whose name is not known. */
export function answersIn(pairs: readonly string[]): Chosen {
  const entries = pairs.map((pair) => {
    const [, name = '', value = ''] = pair.match(/^([^=]*)=(.*)$/s) ?? []
    if (!scalarKeys.some((key) => key === name)) throw unknownAnswer(name === '' ? pair : name)
    return [name, parsed(name as OptionKey, value, 'answer', `--answer ${name}`)] as const
  })
  return Object.fromEntries(entries)
}

/** Answers of a file, TOML or, when it begins with a brace, JSON. Throws a Problem (exit 2) with the line of what is wrong. */
export function readAnswers(text: string, file: string): Chosen {
  const isJson = text.trimStart().startsWith('{')
  const toml = isJson ? undefined : readToml(text, file, 'answers-invalid')
  const lineOf = (key: string): number => toml?.lineOf(key) ?? lineIn(text, JSON.stringify(key))
  const entries = Object.entries(toml?.data ?? jsonIn(text, file)).map(([key, value]) => {
    if (!Object.hasOwn(optionTable, key)) throw unknownKey(file, key, lineOf(key), optionKeys)
    return [key, parsed(key as OptionKey, value, 'answer', `${file}:${lineOf(key)}`)] as const
  })
  return Object.fromEntries(entries)
}

function jsonIn(text: string, file: string): Table {
  try {
    const data: unknown = JSON.parse(text)
    if (isTable(data)) return data
  } catch {
    // What the parser says may hold a piece of the file.
  }
  throw new Problem({
    code: 'answers-invalid',
    exit: exitCodes.usage,
    message: `${file} is not valid JSON.`,
    file,
    fix: 'Mend it; an example: { "port": 8080 }',
  })
}

function lineIn(text: string, quoted: string): number {
  return text.slice(0, Math.max(0, text.indexOf(quoted))).split('\n').length
}

function unknownAnswer(name: string): Problem {
  const near = nearest(name, scalarKeys)
  return new Problem({
    code: 'answers-invalid',
    exit: exitCodes.usage,
    message: `--answer ${name.slice(0, 80)}: there is no such question.`,
    fix: `${near === undefined ? '' : `Did you mean ${near}? `}Write it as NAME=VALUE. Names: ${scalarKeys.join(', ')}.`,
  })
}
