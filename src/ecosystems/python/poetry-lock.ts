import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'
import { textOf } from './files.ts'
import { closure, type Lock, tables, type Wanted } from './lock.ts'
import { readToml, string, strings, type Table, table } from './pyproject.ts'
import { normalised } from './requirements.ts'

/** Reads a poetry.lock of any format and walks what `roots` bring along, without what only other groups need. Throws a Problem when it is broken. */
export function readPoetryLock(tree: Tree, file: string, roots: readonly Wanted[]): Lock {
  const text = textOf(tree, file)
  const toml = readToml(tree, file)
  const rows = new Map(tables(toml['package']).map((row) => [normalised(string(row['name']) ?? ''), row] as const))
  // Where the first formats keep the files.
  const beside = table(table(toml['metadata'])?.['files'])
  const found = closure(roots, (name, extra) => needed(rows.get(name), extra))
  const used = [...found.keys()].map((name) => rows.get(name)).filter((row) => row !== undefined)
  return {
    packages: [...found].sort().map(([name, extras]) => {
      const row = rows.get(name)
      const written = string(row?.['name']) ?? name
      return {
        name,
        extras: [...extras],
        version: string(row?.['version']),
        clauses: undefined,
        wheels: tables(row?.['files'] ?? beside?.[written]).flatMap((entry) => strings([entry['file']]).filter((f) => f.endsWith('.whl'))),
        because: evidenceAt(file, text, Math.max(0, text.indexOf(`\nname = "${written}"`) + 1)),
      }
    }),
    local: used.flatMap((row) => (/^(?:directory|file)$/.test(sourceOf(row)) ? strings([table(row['source'])?.['url']]) : [])),
    git: used.some((row) => sourceOf(row) === 'git'),
  }
}

function sourceOf(row: Table): string {
  return string(table(row['source'])?.['type']) ?? ''
}

/** What a package depends on by itself, or because of an extra. */
function needed(row: Table | undefined, extra: string | undefined): readonly Wanted[] {
  if (extra !== undefined) {
    return strings(table(row?.['extras'])?.[extra]).flatMap((line) => {
      const [, name, extras = ''] = /^([\w.-]+)(?:\[([\w., -]*)\])?/.exec(line) ?? []
      return name === undefined ? [] : [{ name: normalised(name), extras: extras.split(',').map(normalised).filter(Boolean) }]
    })
  }
  return Object.entries(table(row?.['dependencies']) ?? {}).flatMap(([name, value]) => {
    const ways = (Array.isArray(value) ? value : [value]).map(table)
    const optional = ways.every((way) => way?.['optional'] === true)
    return optional ? [] : [{ name: normalised(name), extras: ways.flatMap((way) => strings(way?.['extras'])).map(normalised) }]
  })
}
