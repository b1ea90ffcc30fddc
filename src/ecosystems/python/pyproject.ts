import { parse, TomlError } from 'smol-toml'
import type { Evidence } from '../../model/evidence.ts'
import type { Chosen } from '../../model/options.ts'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { detected, evidenceAt } from '../search.ts'
import { textOf } from './files.ts'
import { normalised, type Requirement, requirement } from './requirements.ts'
import { type Clause, constraint, specifier } from './versions.ts'

/** What we read of a pyproject.toml (PEP 621, PEP 735), but what Poetry alone reads. */
export interface Pyproject {
  readonly file: string
  readonly project: Table | undefined
  /** The table [tool]. */
  readonly tools: Table
  readonly requiresPython: RequiresPython | undefined
  readonly requirements: readonly Requirement[]
  /** Extras and dependency groups that are made for production, by their own names. */
  readonly extras: readonly string[]
  readonly groups: readonly string[]
  /** Dependencies are computed while building. */
  readonly dynamic: boolean
}

interface RequiresPython {
  readonly text: string
  /** Undefined when the text is no constraint. */
  readonly alternatives: readonly (readonly Clause[])[] | undefined
  readonly because: Evidence
}

export type Table = Readonly<Record<string, unknown>>

/** Extras and groups of these names are made for production. */
export const production: ReadonlySet<string> = new Set(['production', 'prod', 'deploy', 'deployment'])

/** Parses TOML of other people. Throws a Problem with the line. */
export function readToml(tree: Tree, file: string): Table {
  try {
    return parse(textOf(tree, file))
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    throw new Problem({
      code: 'toml-invalid',
      exit: 1,
      message: `${file} is not valid TOML: ${error.message.split('\n', 1)[0]?.replace(/^Invalid TOML document: /, '') ?? ''}.`,
      file,
      line: error.line,
      fix: 'Mend that line, and run this again.',
    })
  }
}

/** Reads a pyproject.toml; undefined when there is none. Throws a Problem when it is broken. */
export function readPyproject(tree: Tree, file: string): Pyproject | undefined {
  if (!tree.files.has(file)) return undefined
  const toml = readToml(tree, file)
  const text = textOf(tree, file)
  const project = table(toml['project'])
  const optional = table(project?.['optional-dependencies'])
  const grouped = table(toml['dependency-groups'])
  const extras = Object.keys(optional ?? {}).filter((name) => production.has(normalised(name)))
  const groups = Object.keys(grouped ?? {}).filter(
    (name) => production.has(normalised(name)) || (project === undefined && brings(grouped?.[name], 'django')),
  )
  const asked = [project?.['dependencies'], ...extras.map((e) => optional?.[e]), ...groups.map((g) => grouped?.[g])].flatMap(strings)
  return {
    file,
    project,
    tools: table(toml['tool']) ?? {},
    requiresPython: requiresPython(toml, file, text),
    requirements: asked.map((line) => requirement(line, seen(file, text, line))),
    extras,
    groups,
    dynamic: strings(project?.['dynamic']).includes('dependencies'),
  }
}

function requiresPython(toml: Table, file: string, text: string): RequiresPython | undefined {
  const standard = string(table(toml['project'])?.['requires-python'])
  const python = standard ?? string(table(poetryTable(table(toml['tool']))?.['dependencies'])?.['python'])
  if (python === undefined) return undefined
  const clauses = specifier(python)
  const alternatives = standard === undefined ? constraint(python) : clauses && [clauses]
  return { text: python, alternatives, because: seen(file, text, python) }
}

/** The table of Poetry among those of tools. */
export function poetryTable(tools: Table | undefined): Table | undefined {
  return table(tools?.['poetry'])
}

/** Whether a list of requirements names a package. */
function brings(list: unknown, name: string): boolean {
  return strings(list).some((line) => normalised(/^[\w.-]+/.exec(line)?.[0] ?? '') === name)
}

/** Name, description, licence and addresses of a [project] table, or of Poetry's own. */
export function metadata(tree: Tree, pyproject: Pyproject | undefined): Chosen {
  if (pyproject === undefined) return {}
  const poetry = poetryTable(pyproject.tools)
  const project: Table = { ...poetry, ...pyproject.project }
  const text = textOf(tree, pyproject.file)
  const { homepage, repository } = project
  const urls = new Map(
    Object.entries({ homepage, repository, ...table(poetry?.['urls']), ...table(project['urls']) }).map(([key, value]) => [
      key.toLowerCase().replace(/[\s_-]/g, ''),
      value,
    ]),
  )
  const address = (...keys: readonly string[]): string | undefined =>
    keys.map((key) => string(urls.get(key))).find((url) => /^https?:\/\//.test(url ?? ''))
  const license = string(project['license']) ?? string(table(project['license'])?.['text'])
  const values = {
    name: string(project['name'])
      ?.toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, ''),
    description: string(project['description']),
    // An expression, not the text of a licence.
    licenses: license !== undefined && /^[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*$/.test(license) ? license : undefined,
    source: address('source', 'sourcecode', 'repository', 'code', 'github', 'gitlab'),
    url: address('homepage', 'home', 'website'),
  }
  const found = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')
  return Object.fromEntries(
    found.map(([key, value]) => [
      key,
      detected(value, seen(pyproject.file, text, key === 'name' ? (string(project['name']) ?? value) : value)),
    ]),
  )
}

/** Evidence for a string of a TOML file, wherever it stands first in quotes. */
export function seen(file: string, text: string, value: string): Evidence {
  const at = [`"${value}"`, `'${value}'`].map((quoted) => text.indexOf(quoted)).find((index) => index !== -1)
  return at === undefined ? { file, saw: value.slice(0, 120) } : evidenceAt(file, text, at)
}

/** A TOML table, or undefined. */
export function table(value: unknown): Table | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) ? (value as Table) : undefined
}

/** A string, or undefined. */
export function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The strings of an array; anything else has none. */
export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((v) => typeof v === 'string') : []
}
