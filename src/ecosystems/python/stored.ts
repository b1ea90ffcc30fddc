import type { Writable } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { matches } from '../search.ts'
import { directoryOf, joined } from './files.ts'
import { assigned, type Settings } from './settings.ts'

/** What a Django project keeps on disk. */
export interface Stored {
  readonly writable: readonly Writable[]
  /** Its database is a file: its tables are made before the first start. */
  readonly database: Evidence | undefined
}

const sqlite = /django\.db\.backends\.sqlite3|sqlite:\/\//
const quotedText = /["']([^"'\n]*)["']/g
/** A file of SQLite's, and no name of an engine. */
const databaseFile = /^(?!django\.)[^\s]*\.(?:sqlite3?|db)$/

/** The database file and the uploads that the settings place inside the application. */
export function findStored(tree: Tree, folder: string, settings: Settings): Stored {
  const media = assigned(tree, settings, 'MEDIA_ROOT')
  const uploads = media === undefined ? undefined : pathOf(tree, folder, settings, media.text, media.because.file)
  const files = settings.files.filter((file) => sqlite.test(tree.texts.get(file) ?? ''))
  const line = [...matches(tree, files, /^[^\n#]*$/gm)].find(({ groups }) => texts(groups[0] ?? '').some((text) => databaseFile.test(text)))
  const database = line === undefined ? undefined : pathOf(tree, folder, settings, line.groups[0] ?? '', line.evidence.file)
  const writable: Writable[] = []
  if (database !== undefined && line !== undefined) writable.push(databasePlace(tree, database, line.evidence))
  if (uploads !== undefined && media !== undefined && uploads !== '/app')
    writable.push({ path: uploads, keep: true, held: tree.folders.has(uploads.slice('/app/'.length)), because: [media.because] })
  return { writable, database: database === undefined ? undefined : line?.evidence }
}

/** A database in a folder of its own keeps that folder; one among the files of the program is moved, and a link left in its place. */
function databasePlace(tree: Tree, path: string, because: Evidence): Writable {
  const place = directoryOf(path)
  const inside = place.slice('/app/'.length)
  const held = tree.files.has(path.slice('/app/'.length))
  const database = path.slice(place.length + 1)
  const own = place === '/app' || tree.folders.has(inside)
  return own
    ? { path: '/data', link: path, keep: true, held, database, because: [because] }
    : { path: place, keep: true, held: false, database, because: [because] }
}

/** The absolute path in the container that an expression stands for: BASE_DIR / "a" / "b", os.path.join(BASE_DIR, "a"), "sqlite:///a". */
function pathOf(tree: Tree, folder: string, settings: Settings, expression: string, file: string): string | undefined {
  const value = expression.replace(/["']\w+["']\s*:/g, '')
  const parts = texts(value).map((part) => part.replace(/^sqlite:\/\/\//, '').replace(/^\{[^}]*\}\/?/, ''))
  const literal = parts.filter((part) => /^[\w./-]+$/.test(part) && !/^[A-Z_]+$/.test(part) && !part.startsWith('django.')).join('/')
  if (literal === '') return undefined
  if (literal.startsWith('/'))
    return /^\/(?:app\/|data\/|srv\/|var\/lib\/)[\w./-]+$/.test(literal) ? literal.replace(/\/+$/, '') : undefined
  const base = /\b(?:BASE|ROOT|PROJECT)\w*|\bPath\(/.test(expression) ? baseFolder(tree, settings, file) : folder
  const path = joined(base ?? folder, literal)
  return path === undefined || path === '.' ? undefined : `/app/${path}`
}

function texts(expression: string): readonly string[] {
  return [...expression.matchAll(quotedText)].map((match) => match[1] ?? '')
}

/** The folder that BASE_DIR stands for: as many levels above its file as the expression climbs. */
function baseFolder(tree: Tree, settings: Settings, file: string): string | undefined {
  const value = assigned(tree, settings, 'BASE_DIR') ?? assigned(tree, settings, 'ROOT_DIR') ?? assigned(tree, settings, 'PROJECT_ROOT')
  const text = value?.text ?? ''
  const climbed = text.match(/parents\[(\d)\]/)
  const levels = climbed === null ? [...text.matchAll(/\.parent\b|dirname\(/g)].length : Number(climbed[1]) + 1
  if (levels === 0) return undefined
  return Array.from({ length: levels }).reduce<string>((path) => directoryOf(path), value?.because.file ?? file)
}
