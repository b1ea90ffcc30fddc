import type { Writable } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'
import { first, found } from './find.ts'
import type { GoFile } from './source.ts'

/** Modules that keep a database in a file. */
const databases =
  /^(?:github\.com\/(?:mattn\/go-sqlite3|glebarez\/(?:go-)?sqlite|ncruces\/go-sqlite3|logoove\/sqlite|jinzhu\/gorm\/dialects\/sqlite|uptrace\/bun\/driver\/sqliteshim|tursodatabase\/go-libsql|zombiezen\/go-sqlite|boltdb\/bolt|asdine\/storm|timshannon\/bolthold|dgraph-io\/badger|syndtr\/goleveldb|cockroachdb\/pebble|blevesearch\/bleve|pocketbase\/pocketbase|tidwall\/buntdb|duckdb\/duckdb-go|marcboeker\/go-duckdb)|gorm\.io\/driver\/sqlite|modernc\.org\/sqlite|zombiezen\.com\/go\/sqlite|go\.etcd\.io\/bbolt)(?:\/|$)/

const file = String.raw`(?:file:)?(?:\./)?(?<path>(?:[\w-]{1,60}/){0,6}[\w.-]{1,60}\.(?:db3?|sqlite3?))(?:\?[^"\x60\n]{0,100})?`
// Elsewhere in the image, under a folder that is kept for it.
const absoluteFile =
  /["`](?:file:)?(?<path>\/(?!tmp\/|dev\/|proc\/)(?:[\w-][\w.-]{0,60}\/){1,6})[\w.-]{1,60}\.(?:bdb|bolt|db3?|sqlite3?)["`?]/g
const databaseFile = new RegExp(String.raw`["\x60]${file}["\x60]`, 'g')
// What a module that keeps a database is given by name, whatever it ends in: a file, or a folder that it makes.
const name = String.raw`\(\s{0,20}["\x60](?:\./)?(?<path>(?:[\w-][\w.-]{0,60}/?){1,6})["\x60]`
const openedFile = new RegExp(String.raw`\b(?:bbolt|bolt|bolthold|buntdb|storm)\.Open${name}`, 'g')
const openedFolder = new RegExp(
  String.raw`\b(?:badger\.(?:Default|LSMOnly)Options|bleve\.(?:New|Open)|leveldb\.OpenFile|pebble\.Open)${name}`,
  'g',
)
const writes = /\bos\.(?:MkdirAll|Mkdir|Create|WriteFile|OpenFile)\(\s{0,20}["`](?:\.\/)?(?<path>(?:[\w-][\w.-]{0,60}\/?){1,6})["`]/g
// A flag of the standard library or of pflag: `flag.StringVar(&dir, "filespath", "files/", "…")`.
const flagged =
  /\bString(?:Var)?P?\(\s{0,20}(?:&[\w.]{1,60},\s{0,20})?["`][\w.-]{0,40}(?:path|dir|directory|folder)["`],\s{0,20}(?:["`]\w?["`],\s{0,20})?["`](?:\.\/)?(?<path>(?:[\w-][\w.-]{0,60}\/?){1,6})["`]/gi
const makesFolders = /\bos\.Mkdir(?:All)?\(/g

interface Named {
  readonly path: string
  readonly evidence: Evidence
}

/** Where a program that keeps files stands: all that it names without a folder lands in a volume. */
export const dataFolder = '/data'

/**
 * Where a program keeps what it writes. One that reads no files of its own runs in a folder that it may write to, and so does one whose
 * database the code does not name; of others, folders that hold a database are kept, and database files beside their own are moved,
 * with a link in their place.
 */
export function storedBy(tree: Tree, graph: readonly GoFile[], runPaths: readonly string[]): readonly Writable[] {
  const named = [databaseFile, openedFile, writes].flatMap((pattern) => pathsBy(graph, pattern))
  const folders = pathsBy(graph, openedFolder)
  const paths = [...named, ...madeBy(tree, graph)]
  const because = imported(graph) ?? [...paths, ...folders][0]?.evidence
  if (because === undefined) return []
  const here: Writable = { path: dataFolder, keep: true, held: false, because: [because] }
  const elsewhere =
    imported(graph) === undefined
      ? []
      : pathsBy(graph, absoluteFile).map(({ path, evidence }): Writable => ({ path, keep: true, held: false, because: [evidence] }))
  if (runPaths.length === 0) return unique([here, ...elsewhere])
  const places = [
    ...elsewhere,
    ...paths.flatMap(({ path, evidence }) => placeOf(tree, path, evidence)),
    ...folders.map(({ path, evidence }): Writable => folderOf(tree, path, evidence)),
  ]
  // A database that settings alone name may be anywhere.
  return places.length === 0 && imported(graph) !== undefined ? [here] : unique(places)
}

function unique(places: readonly Writable[]): readonly Writable[] {
  return places.filter((place, i) => places.findIndex((other) => (other.link ?? other.path) === (place.link ?? place.path)) === i)
}

function pathsBy(graph: readonly GoFile[], pattern: RegExp): readonly Named[] {
  return [...found(graph, pattern)].map(({ groups, evidence }) => ({ path: (groups[1] ?? '').replace(/\/$/, ''), evidence }))
}

/** Folders that flags name and the repository does not hold, in a program that makes folders. */
function madeBy(tree: Tree, graph: readonly GoFile[]): readonly Named[] {
  if (first(graph, makesFolders) === undefined) return []
  return pathsBy(graph, flagged).filter(({ path }) => !tree.folders.has(path) && !tree.files.has(path))
}

function imported(graph: readonly GoFile[]): Evidence | undefined {
  for (const { file, text, imports } of graph) {
    const hit = imports.find((i) => databases.test(i.value))
    if (hit !== undefined) return evidenceAt(file, text, hit.at)
  }
  return undefined
}

function folderOf(tree: Tree, folder: string, because: Evidence): Writable {
  return { path: `/app/${folder}`, keep: true, held: tree.folders.has(folder), because: [because] }
}

function placeOf(tree: Tree, path: string, because: Evidence): readonly Writable[] {
  const isFile = /\.\w{1,8}$/.test(path)
  const folder = isFile ? path.split('/').slice(0, -1).join('/') : path
  if (folder !== '') return [folderOf(tree, folder, because)]
  return [{ path: dataFolder, link: `/app/${path}`, keep: true, held: tree.files.has(path), because: [because] }]
}
