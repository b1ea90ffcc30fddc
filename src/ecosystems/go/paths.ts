import type { Lacking } from '../../model/assets.ts'
import type { Evidence } from '../../model/evidence.ts'
import { isNeverSent } from '../../model/never-sent.ts'
import type { Tree } from '../../model/tree.ts'
import { isYetToBeMade } from '../lacking.ts'
import { joined } from '../paths.ts'
import { evidenceAt, topOf } from '../search.ts'
import { folderOf, type Packages } from './packages.ts'
import type { GoFile } from './source.ts'

/** A path of the repository and what names it. */
export interface NamedPath {
  readonly path: string
  readonly because: Evidence
}

/** Folders whose Go code no program is built from. */
const aside = new Set([
  'bench/',
  'benchmarks/',
  'doc/',
  'docs/',
  'e2e/',
  'example/',
  'examples/',
  'hack/',
  'integration/',
  'samples/',
  'scripts/',
  'test/',
  'tests/',
  'tools/',
])
const compiled = /\.(?:go|s|S|c|cc|cpp|cxx|h|hh|hpp|syso)$/

/** Every path that the files embed, by pattern without its wildcards. A folder that is yet to be made ends in a slash too. */
export function embeddedPaths(tree: Tree, files: readonly GoFile[]): readonly NamedPath[] {
  return files.flatMap((f) =>
    f.embeds.flatMap(({ value, at }) => {
      const path = joined(folderOf(f.file), fixedPart(value))
      if (path === undefined) return []
      const isFolder = path !== '.' && (tree.folders.has(path) || (!tree.files.has(path) && fixedPart(value) !== value))
      return [{ path: isFolder ? `${path}/` : path, because: evidenceAt(f.file, f.text, at) }]
    }),
  )
}

/** What is embedded but not in the repository, or is there for something that is yet to be made: a build of a front end makes it. */
export function lackedBy(tree: Tree, files: readonly GoFile[]): readonly Lacking[] {
  const missing = embeddedPaths(tree, files).flatMap(({ path, because }): readonly Lacking[] => {
    const bare = path.replace(/\/$/, '')
    if (path === '.' || tree.files.has(path)) return []
    if (!tree.folders.has(bare)) return [{ path: bare, needed: true, because }]
    return isYetToBeMade(tree, bare) ? [{ path: bare, needed: false, because }] : []
  })
  return missing.filter(({ path }, i) => missing.findIndex((m) => m.path === path) === i)
}

/** Files that are embedded by their very name, which `.dockerignore` would hold back. */
export function heldBack(tree: Tree, graph: readonly GoFile[]): readonly string[] {
  const paths = embeddedPaths(tree, graph).map(({ path }) => path)
  return [...new Set(paths.filter((path) => tree.files.has(path) && isNeverSent(path)))].sort()
}

/** Entries at the root that the build reads: sources, folders with packages, and what is embedded. Folders end in a slash. */
export function buildPathsOf(tree: Tree, packages: Packages, graph: readonly GoFile[]): readonly string[] {
  const imported = new Set(graph.map((f) => entryOf(f.file)))
  const folders = [...packages.folders.keys()].filter((f) => f !== '.').map((f) => entryOf(`${f}/`))
  const sources = [...tree.files].filter((f) => !f.includes('/') && compiled.test(f) && (!f.endsWith('.go') || packages.read(f).builds))
  const embedded = embeddedPaths(tree, graph).flatMap(({ path }) => (path === '.' ? visibleEntries(tree) : [entryOf(path)]))
  const all = [...folders.filter((f) => imported.has(f) || !aside.has(f)), ...(packages.folders.has('.') ? sources : []), ...embedded]
  const held = (p: string): boolean => tree.files.has(p) || tree.folders.has(p.replace(/\/$/, ''))
  return [...new Set(all)].filter((p) => p !== 'go.mod' && p !== 'go.sum' && held(p)).sort()
}

/** The entry at the root that a path lies in: `cmd/` for `cmd/server/main.go`. */
function entryOf(path: string): string {
  return path.includes('/') ? `${topOf(path)}/` : path
}

function visibleEntries(tree: Tree): readonly string[] {
  return [...tree.files].map(entryOf).filter((entry) => !/^[._]/.test(entry))
}

/** The folder or file before the first wildcard: `templates/*.html` is read from `templates`. */
export function fixedPart(pattern: string): string {
  const wild = pattern.search(/[*?[{%]/)
  return wild === -1 ? pattern : folderOf(`./${pattern.slice(0, wild)}`)
}
