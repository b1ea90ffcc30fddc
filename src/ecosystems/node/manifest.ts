import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Evidence } from '../../model/evidence.ts'
import { Problem } from '../../model/problem.ts'
import { evidenceAt, lineAt } from '../search.ts'

/** The parts of package.json that matter here, checked. */
export interface Manifest {
  readonly name: string | undefined
  readonly description: string | undefined
  readonly homepage: string | undefined
  readonly license: string | undefined
  readonly author: string | undefined
  readonly repository: string | undefined
  readonly main: string | undefined
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  /** Those dependencies that are not optional. */
  readonly required: Readonly<Record<string, string>>
  readonly hasDependencies: boolean
  readonly devDependencies: Readonly<Record<string, string>>
  readonly engine: string | undefined
  readonly volta: string | undefined
  readonly packageManager: string | undefined
  /** Patterns of folders that are packages of their own. */
  readonly workspaces: readonly string[] | undefined
  /** It replaces versions of packages' own dependencies. */
  readonly overrides: boolean
  /** `"type": "module"`. */
  readonly module: boolean
  /** It brings a program (`bin`). */
  readonly hasProgram: boolean
  /** Evidence for a place in the file; for the file itself when the place is not there. */
  evidence(...path: readonly string[]): Evidence
}

/** Reads package.json. Throws a Problem, with the line, when it is not JSON or a part has the wrong type. */
export function parseManifest(text: string, file = 'package.json'): Manifest {
  const errors: ParseError[] = []
  const root = parsed(text, errors, file)
  const [error] = errors
  if (error !== undefined) throw invalid(file, lineAt(text, error.offset), `is not valid JSON (${printParseErrorCode(error.error)})`)
  if (root?.type !== 'object') throw invalid(file, 1, 'does not hold an object')
  const at = (...path: readonly string[]): Node | undefined => findNodeAtLocation(root, [...path])

  const string = (...path: readonly string[]): string | undefined => {
    const node = at(...path)
    if (node === undefined || node.type === 'null') return undefined
    if (node.type !== 'string') throw invalid(file, lineAt(text, node.offset), `has ${path.join('.')} that is not a text`)
    return (node.value as string).trim() || undefined
  }
  const stringOrObject = (key: string, inner: string): string | undefined => (at(key)?.type === 'object' ? string(key, inner) : string(key))
  const record = (key: string): Readonly<Record<string, string>> => {
    const node = at(key)
    if (node !== undefined && node.type !== 'null' && node.type !== 'object')
      throw invalid(file, lineAt(text, node.offset), `has ${key} that is not an object`)
    const entries = (node?.children ?? []).map((property) => {
      const [name, value] = property.children ?? []
      if (value?.type !== 'string') throw invalid(file, lineAt(text, property.offset), `has a ${key} entry that is not a text`)
      return [String(name?.value), value.value as string] as const
    })
    // Without a prototype: a script may well be called `constructor`.
    return Object.assign(Object.create(null) as Record<string, string>, Object.fromEntries(entries))
  }
  const required = record('dependencies')
  const optional = record('optionalDependencies')
  const development = record('devDependencies')

  return {
    name: string('name'),
    description: string('description'),
    homepage: string('homepage'),
    license: at('license')?.type === 'object' ? string('license', 'type') : string('license'),
    author: at('author')?.type === 'array' ? undefined : stringOrObject('author', 'name'),
    repository: stringOrObject('repository', 'url'),
    main: string('main'),
    scripts: record('scripts'),
    dependencies: Object.assign(Object.create(null) as Record<string, string>, optional, required),
    required,
    hasDependencies: [optional, required, development].some((r) => Object.keys(r).length > 0),
    devDependencies: development,
    engine: at('engines')?.type === 'object' ? string('engines', 'node') : undefined,
    volta: at('volta')?.type === 'object' ? string('volta', 'node') : undefined,
    packageManager: string('packageManager'),
    workspaces: workspacesOf(at('workspaces')),
    overrides: at('overrides') !== undefined,
    module: at('type')?.value === 'module',
    hasProgram: at('bin') !== undefined,
    evidence: (...path) => {
      const node = at(...path)
      return node === undefined ? { file, saw: path.join('.') } : evidenceAt(file, text, (node.parent ?? node).offset)
    },
  }
}

/** A list of patterns, or an object that holds one. */
function workspacesOf(node: Node | undefined): readonly string[] | undefined {
  const list = node?.type === 'object' ? findNodeAtLocation(node, ['packages']) : node
  return node === undefined ? undefined : (list?.children ?? []).flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
}

/** The parser calls itself for each level, so that a text of brackets alone would exhaust the stack. */
function parsed(text: string, errors: ParseError[], file: string): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  } catch (error) {
    if (error instanceof RangeError) throw invalid(file, 1, 'is nested too deeply')
    throw error
  }
}

function invalid(file: string, line: number, what: string): Problem {
  return new Problem({
    code: 'package-json-invalid',
    exit: 1,
    message: `${file} ${what}.`,
    file,
    line,
    fix: 'Mend the file, then run the command again.',
  })
}
