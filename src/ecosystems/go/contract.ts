import type { Variable } from '../../model/app.ts'
import { contractOf, type Read } from '../contract.ts'
import { evidenceAt } from '../search.ts'
import type { Setting } from './settings-file.ts'
import type { GoFile } from './source.ts'
import { viperReads } from './viper.ts'

const name = '"([A-Z][A-Z0-9_]{1,80})"'
const direct = new RegExp(String.raw`\b(?:os|syscall)\.(?:Getenv|LookupEnv)\(\s{0,10}${name}\s{0,10}\)`, 'g')
// Helpers of a project's own: getEnv("A", "b"), env.String("A"), mustGetenv("A"), mustMapEnv(&a, "A").
const helper = new RegExp(
  String.raw`(?<![\w.])((?!(?:os|syscall)\.|(?:\w{1,30}\.)?\w{0,10}[sS]et[eE]nv|\w{1,30}\.BindEnv)(?:\w{1,30}\.)?\w{0,30}[eE]nv\w{0,30}(?:\.\w{1,20})?)\(\s{0,10}(?:&[\w.]{1,60},\s{0,10})?${name}\s{0,10}(?:,\s{0,10}("[^"\n]{0,200}"|[^,()\n]{1,120}))?`,
  'g',
)
const flags = /\b(?:EnvVars|Sources)\s{0,4}:\s{0,4}(?:\[\]string\s{0,4}\{|\w{1,20}\.EnvVars\()\s{0,20}"([A-Z][A-Z0-9_]{1,80})"/g
const bound = /\b(?:Must)?BindEnv\(\s{0,10}(?:"[^"\n]{1,80}"|[\w.]{1,60})\s{0,4},\s{0,10}"([A-Z][A-Z0-9_]{1,80})"/g
// Names that nobody writes but to read them, in whatever way: constants, tables of settings.
const known =
  /(?<![sS]et[eE]nv\()"((?:[A-Z][A-Z0-9]{0,30}_)?(?:DATABASE|DB|POSTGRES(?:QL)?|MYSQL|MARIADB|MONGO(?:DB)?|REDIS|VALKEY|AMQP|RABBITMQ|NATS)_(?:UR[LI]|DSN))"/g
// Fields of a struct that a library fills (caarlos0/env, cleanenv, envconfig, kong, viper's mapstructure in upper case).
const tag = /`[^`\n]{0,300}\b(?:env|envconfig|mapstructure):"([A-Z][A-Z0-9_]{1,80})((?:,[^"\n]{0,100})?)"[^`\n]{0,300}`/g
const mostReads = 400
// Nobody reads more in one file; each costs a look at the whole of it.
const mostMatches = 200

/** The variables that a program and the packages that it imports from the repository read, without those that its image has `set`. */
export function goContract(graph: readonly GoFile[], set: readonly string[] = [], settings: readonly Setting[] = []): readonly Variable[] {
  const readers = graph.flatMap(readersIn)
  return contractOf(
    graph
      .flatMap((file) => [...readsOf(file), ...readBy(readers, file)])
      .slice(0, mostReads)
      .concat(viperReads(graph, settings)),
    set,
  )
}

// A function of the project's own that looks up what it is given: `func Config(key string) string { return os.Getenv(key) }`.
const reader = /\nfunc (\w{1,40})\((\w{1,30})(?:, \w{1,30})? string(?:, \w{1,30} \w{1,30})?\)[^\n{]{0,60}\{([\s\S]{0,400}?)\n\}/g

interface Reader {
  readonly name: string
  readonly package: string
}

function readersIn({ code }: GoFile): readonly Reader[] {
  if (!/os\.(?:Getenv|LookupEnv)\(\w/.test(code)) return []
  const own = packageOf(code)
  return [...code.matchAll(reader)].flatMap(([, called = '', given = '', body = '']) =>
    new RegExp(String.raw`\bos\.(?:Getenv|LookupEnv)\(${given}\)`).test(body) && !/[eE]nv/.test(called)
      ? [{ name: called, package: own }]
      : [],
  )
}

function packageOf(code: string): string {
  return /^package (\w+)/m.exec(code)?.[1] ?? ''
}

/** What a file reads through such functions, those of its own package or of one that it imports. */
function readBy(readers: readonly Reader[], { file, text, code }: GoFile): readonly Read[] {
  const own = packageOf(code)
  return readers.flatMap((known) => {
    const called = known.package === own ? String.raw`(?<![\w.])${known.name}` : String.raw`\b${known.package}\.${known.name}`
    const pattern = new RegExp(String.raw`${called}\(\s{0,10}${name}\s{0,10}(?:,\s{0,10}("[^"\n]{0,200}"|[^,()\n]{1,120}))?`, 'g')
    return [...code.matchAll(pattern)].slice(0, mostMatches).map((m): Read => {
      const given = literal(m[2])
      return {
        name: m[1] ?? '',
        ...(given === undefined ? {} : { default: given }),
        required: false,
        because: evidenceAt(file, text, m.index),
      }
    })
  })
}

function readsOf(source: GoFile): readonly Read[] {
  const { file, text, code } = source
  const at = (index: number): Read['because'] => evidenceAt(file, text, index)
  const named = [...code.matchAll(known)]
    .slice(0, mostMatches)
    .map((m): Read => ({ name: m[1] ?? '', required: false, because: at(m.index) }))
  if (!/[eE]nv|mapstructure/.test(code)) return named
  return [
    ...named,
    ...[...code.matchAll(direct)]
      .slice(0, mostMatches)
      .map((m): Read => ({ name: m[1] ?? '', ...judged(code, m.index, m[0]), because: at(m.index) })),
    ...[...code.matchAll(helper)].slice(0, mostMatches).map((m): Read => {
      const given = literal(m[3])
      return {
        name: m[2] ?? '',
        ...(given === undefined ? {} : { default: given }),
        required: /must|require/i.test(m[1] ?? ''),
        because: at(m.index),
      }
    }),
    ...[...code.matchAll(flags)]
      .slice(0, mostMatches)
      .map((m): Read => ({ name: m[1] ?? '', default: flagDefault(code, m.index) ?? '', required: false, because: at(m.index) })),
    ...[...code.matchAll(bound)].slice(0, mostMatches).map((m): Read => ({ name: m[1] ?? '', required: false, because: at(m.index) })),
    // Names under a prefix that stands elsewhere are not whole.
    ...(/env-namespace:|envPrefix:/.test(code) ? [] : [...code.matchAll(tag)].slice(0, mostMatches)).map((m): Read => {
      const given = /\b(?:envDefault|env-default|default):"([^"\n]*)"/.exec(m[0])?.[1] ?? /default=([^",]*)/.exec(m[2] ?? '')?.[1]
      const required = /required|notEmpty/.test(m[2] ?? '') || /\b(?:env-required|required):"true"|validate:"[^"\n]*\brequired\b/.test(m[0])
      return { name: m[1] ?? '', ...(given === undefined ? {} : { default: given }), required, because: at(m.index) }
    }),
  ]
}

/** What follows a read: a check that ends the program, or one that gives a value. */
function judged(code: string, index: number, call: string): Pick<Read, 'default' | 'required'> {
  const line = code.slice(code.lastIndexOf('\n', index) + 1, index)
  const after = code.slice(index + call.length, index + call.length + 260)
  const variable = /(\w+)\s*(?:,\s*\w+\s*)?:?=\s*(?:strings\.\w+\()?$/.exec(line)?.[1]
  const tested =
    variable === undefined
      ? null
      : new RegExp(`\\bif\\s+(?:${variable}\\s*==\\s*""|!ok|len\\(${variable}\\)\\s*==\\s*0)\\s*\\{\\s*([^}]{0,160})`).exec(after)
  const body = tested?.[1] ?? ''
  if (/log\.\w*(?:Fatal|Panic)|\bpanic\(|os\.Exit|return[^\n]*(?:errors\.New|fmt\.Errorf)/.test(body))
    return { required: !isInBranch(code, index) }
  const given = variable === undefined ? undefined : new RegExp(`\\b${variable}\\s*=\\s*("[^"\\n]*")`).exec(body)?.[1]
  if (given !== undefined) return { default: literal(given) ?? '', required: false }
  if (/^\s*(?:;[^\n]{0,60})?\s*!=\s*""/.test(after) || /\bif\b/.test(line)) return { default: '', required: false }
  return { required: false }
}

/** Whether it is done only in a case or under a condition: gofmt indents each block by a tab. */
function isInBranch(code: string, index: number): boolean {
  const lines = code.slice(code.lastIndexOf('\nfunc ', index) + 1, index).split('\n')
  let depth = indentOf(lines.at(-1) ?? '')
  for (const line of lines.toReversed()) {
    if (line.trim() === '' || indentOf(line) >= depth) continue
    depth = indentOf(line)
    if (/^\t+(?:case\b|default:|if\b|\} else\b)/.test(line)) return true
  }
  return false
}

function indentOf(line: string): number {
  return /^\t*/.exec(line)?.[0].length ?? 0
}

/** The value of the flag that names the variable: nothing of the flags around it. */
function flagDefault(code: string, index: number): string | undefined {
  const before = code.slice(Math.max(0, index - 300), index)
  const after = code.slice(index, index + 300).split(/\}\)?,?\s*\n/, 1)[0] ?? ''
  return literal(/\bValue\s*:\s*("[^"\n]*"|\d+)/.exec(before.slice(before.lastIndexOf('Flag{') + 1) + after)?.[1])
}

function literal(expression: string | undefined): string | undefined {
  const match = /^\s*(?:"([^"\\\n]*)"|(\d[\d_.]*)|(true|false)\b)/.exec(expression ?? '')
  return match === null ? undefined : (match[1] ?? match[2] ?? match[3])
}
