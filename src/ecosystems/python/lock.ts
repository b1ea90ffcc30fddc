import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'
import { textOf } from './files.ts'
import type { Package } from './packages.ts'
import { type Pyproject, readToml, string, strings, type Table, table } from './pyproject.ts'
import { normalised } from './requirements.ts'

/** What a lockfile says is installed for production. */
export interface Lock {
  readonly packages: readonly Package[]
  /** Folders of other packages of the workspace, or of the repository, that the project depends on. */
  readonly local: readonly string[]
  /** A package comes from a git repository. */
  readonly git: boolean
}

/** A package that is asked for, by the name that the lockfile knows. */
export interface Wanted {
  readonly name: string
  readonly extras: readonly string[]
}

/** Reads a uv.lock and walks what the project needs, without its development groups. Throws a Problem when it is broken. */
export function readLock(tree: Tree, file: string, pyproject: Pyproject): Lock {
  const text = textOf(tree, file)
  const listed = tables(readToml(tree, file)['package'])
  const byName = new Map(listed.map((row) => [string(row['name']) ?? '', row]))
  const root = listed.find((row) => isRoot(row)) ?? {}
  const roots: readonly Wanted[] = [
    ...wanted(root['dependencies']),
    ...pyproject.extras.flatMap((extra) => wanted(table(root['optional-dependencies'])?.[extra])),
    ...pyproject.groups.flatMap((group) => wanted(table(root['dev-dependencies'])?.[group])),
  ]
  const found = closure(roots, (name, extra) => {
    const row = byName.get(name)
    return wanted(extra === undefined ? row?.['dependencies'] : table(row?.['optional-dependencies'])?.[extra])
  })
  const packages: Package[] = [...found].map(([name, extras]) => {
    const row = byName.get(name)
    // Of each package uv lists the wheels that fit the project's Python.
    const compiled = tables(row?.['wheels']).length === 0 && wanted(row?.['dependencies']).some((below) => below.name === 'cffi')
    return {
      ...(compiled ? { compiled } : {}),
      name: normalised(name),
      extras: [...extras],
      version: string(row?.['version']),
      clauses: undefined,
      wheels: tables(row?.['wheels']).map(wheelName),
      because: evidenceAt(file, text, Math.max(0, text.indexOf(`\nname = "${name}"`) + 1)),
    }
  })
  const used = listed.filter((row) => found.has(string(row['name']) ?? ''))
  return {
    packages: packages.sort((a, b) => (a.name < b.name ? -1 : 1)),
    local: used.flatMap((row) => (isRoot(row) ? [] : localFolder(row))),
    git: used.some((row) => string(table(row['source'])?.['git']) !== undefined),
  }
}

/** All that `roots` bring along, each with the extras that are asked for. `needs` tells what a package asks for itself, or because of an extra. */
export function closure(
  roots: readonly Wanted[],
  needs: (name: string, extra: string | undefined) => readonly Wanted[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  const open = [...roots]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const known = found.get(next.name)
    const fresh = next.extras.filter((extra) => known?.has(extra) !== true)
    if (known !== undefined && fresh.length === 0) continue
    found.set(next.name, new Set([...(known ?? []), ...fresh]))
    if (known === undefined) open.push(...needs(next.name, undefined))
    for (const extra of fresh) open.push(...needs(next.name, extra))
  }
  return found
}

function isRoot(row: Table): boolean {
  const source = table(row['source'])
  return source?.['virtual'] === '.' || source?.['editable'] === '.' || source?.['directory'] === '.'
}

function localFolder(row: Table): readonly string[] {
  const source = table(row['source'])
  return strings([source?.['virtual'], source?.['editable'], source?.['directory'], source?.['path']])
}

function wanted(value: unknown): readonly Wanted[] {
  return tables(value).map((row) => ({ name: string(row['name']) ?? '', extras: strings(row['extra']) }))
}

/** The tables of an array; anything else has none. */
export function tables(value: unknown): readonly Table[] {
  return Array.isArray(value) ? value.map((entry) => table(entry)).filter((entry) => entry !== undefined) : []
}

/** The file name of a wheel: the end of its address, or of its path in a mirror. */
function wheelName(row: Table): string {
  const address = string(row['url']) ?? string(row['filename']) ?? string(row['path']) ?? ''
  return address.slice(address.lastIndexOf('/') + 1)
}
