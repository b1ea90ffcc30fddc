import type { Writable } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { isYetToBeMade } from '../lacking.ts'
import { lineAt, matches } from '../search.ts'
import { directoryOf } from './files.ts'
import { placeOf, textsIn } from './places.ts'
import { assignedAnywhere, type Settings } from './settings.ts'

/** What a Django project keeps on disk. */
export interface Stored {
  readonly writable: readonly Writable[]
  /** Its database is a file: its tables are made before the first start. */
  readonly database: Evidence | undefined
}

const sqlite = /django\.db\.backends\.sqlite3|sqlite:\/\//
/** A file of SQLite's, and no name of an engine. */
const databaseFile = /^(?!django\.)[^\s]*\.(?:sqlite3?|db)$/

/** Whatever its name ends in, what follows the engine is the file. */
const nameAfterEngine = /["']django\.db\.backends\.sqlite3["'],(?:[ \t]*(?:#[^\n]{0,200})?\n){1,12}[ \t]*["']NAME["'][ \t]*:([^\n#]+)/g

const cacheFolder = /^[ \t]*["']LOCATION["'][ \t]*:[^\n#]+/gm
/** A folder that the settings themselves make while they are loaded. */
const madeFolder = /\bos\.makedirs\([ \t]*([^\n#]+)|^[ \t]*(?:if [^\n]{1,80}:[ \t]*)?([A-Z][A-Z0-9_]*|\([^\n]{1,120}\))\.mkdir\(/gm
const logFile = /^[ \t]*["']filename["'][ \t]*:[^\n#]+/gm

/** The database file, the uploads, the log files and the caches that the settings place inside the application; caches also elsewhere. */
export function findStored(tree: Tree, folder: string, settings: Settings): Stored {
  const media = assignedAnywhere(tree, settings, 'MEDIA_ROOT')
  const uploads = media === undefined ? undefined : placeOf(tree, folder, settings, media.text, media.because.file)
  const files = settings.files.filter((file) => sqlite.test(tree.texts.get(file) ?? ''))
  const line =
    [...matches(tree, files, /^[^\n#]+/gm)].find(
      ({ groups, evidence }) => textsIn(groups[0] ?? '').some((text) => databaseFile.test(text)) && !isAmongApps(tree, evidence),
    ) ?? [...matches(tree, files, nameAfterEngine)][0]
  const database = line === undefined ? undefined : placeOf(tree, folder, settings, line.groups.at(-1) ?? '', line.evidence.file)
  const writable: Writable[] = []
  if (database !== undefined && line !== undefined) writable.push(databasePlace(tree, database, line.evidence))
  if (uploads !== undefined && media !== undefined && uploads !== '/app')
    writable.push({ path: uploads, keep: true, held: tree.folders.has(uploads.slice('/app/'.length)), because: [media.because] })
  writable.push(...dataPlaces(tree, folder, settings).filter(({ path }) => !writable.some((w) => `${w.path}/`.startsWith(`${path}/`))))
  for (const place of [...logPlaces(tree, folder, settings), ...cachePlaces(tree, folder, settings)])
    if (!writable.some((w) => isAt(w, place) || (w.keep && place.keep && holds(w, place)))) writable.push(place)
  for (const place of madePlaces(tree, folder, settings)) if (!writable.some((w) => holds(w, place))) writable.push(place)
  return { writable, database: database === undefined ? undefined : line?.evidence }
}

// `DJANGO_APPS`, `INSTALLED_APPS += …`
const apps = /\b\w*APPS\b[^=\n]{0,40}=\s{0,10}[[(][^\])]{0,20000}/g

/** Whether a line stands in a list of applications, some of which are called `health_check.db`. */
function isAmongApps(tree: Tree, { file, line = 0 }: Evidence): boolean {
  const text = tree.texts.get(file) ?? ''
  return [...text.matchAll(apps)].some(({ index, 0: list }) => line >= lineAt(text, index) && line <= lineAt(text, index + list.length))
}

/** Folders of file-based caches: what is in them may go. `/tmp` can be written to as it is. */
function cachePlaces(tree: Tree, folder: string, settings: Settings): readonly Writable[] {
  const files = settings.files.filter((file) => /\bFileBasedCache\b/.test(tree.texts.get(file) ?? ''))
  return [...matches(tree, files, cacheFolder)].flatMap(({ groups, evidence }): Writable[] => {
    const expression = groups[0] ?? ''
    // Where no data may lie, a cache may.
    const own = textsIn(expression).find((text) => /^\/var\/(?:cache|tmp)\/\w[\w-]*$/.test(text))
    const path = own ?? placeOf(tree, folder, settings, expression, evidence.file)
    return path === undefined ? [] : [{ path, keep: false, held: false, because: [evidence] }]
  })
}

/** Where handlers of `LOGGING` write: the settings cannot be loaded where they may not. */
function logPlaces(tree: Tree, folder: string, settings: Settings): readonly Writable[] {
  const files = settings.files.filter((file) => /\w*FileHandler\b/.test(tree.texts.get(file) ?? ''))
  const found = [...matches(tree, files, logFile)].flatMap(({ groups, evidence }): Writable[] => {
    const expression = groups[0] ?? ''
    // Where no data may lie, a log may.
    const system = textsIn(expression).find((text) => /^\/var\/log\/[\w.-]+\/[\w./-]+$/.test(text) && !text.includes('..'))
    const path = system ?? placeOf(tree, folder, settings, expression, evidence.file)
    const place = directoryOf(path ?? '')
    if (path === undefined || place === '') return []
    const inside = place.slice('/app/'.length)
    const rest = { keep: true, log: path.slice(place.length + 1), because: [evidence] }
    // A folder of the program's own stays as it is: only the file moves.
    const own =
      place === '/app' ||
      (place.startsWith('/app/') && [...tree.files].some((name) => name.startsWith(`${inside}/`) && name.endsWith('.py')))
    return own
      ? [{ ...rest, path: '/data', link: path, held: tree.files.has(path.slice('/app/'.length)) }]
      : [{ ...rest, path: place, held: tree.folders.has(inside) }]
  })
  return found.filter((log, i) => found.findIndex((other) => isAt(other, log)) === i)
}

/** Folders that the settings make, but those of the program's own. */
function madePlaces(tree: Tree, folder: string, settings: Settings): readonly Writable[] {
  return [...matches(tree, settings.files, madeFolder)].flatMap(({ groups, evidence }): Writable[] => {
    const said = (groups[1] ?? groups[2] ?? '').replace(/,\s*(?:exist_ok|mode)\b.*$/, '')
    const name = /^(\w+)\)*$/.exec(said)?.[1]
    const value = name === undefined ? undefined : assignedAnywhere(tree, settings, name)
    const path = placeOf(tree, folder, settings, value?.text ?? said, value?.because.file ?? evidence.file)
    if (path === undefined || !path.startsWith('/app/') || evidence.saw.startsWith('#')) return []
    const inside = path.slice('/app/'.length)
    const own = [...tree.files].some((file) => file.startsWith(`${inside}/`) && file.endsWith('.py'))
    return own ? [] : [{ path, keep: true, held: tree.folders.has(inside), because: [evidence] }]
  })
}

/** A folder for data that the repository does not hold: what else would it be for? */
function dataPlaces(tree: Tree, folder: string, settings: Settings): readonly Writable[] {
  const value = assignedAnywhere(tree, settings, 'DATA_(?:DIR|ROOT|PATH)')
  const path = value && placeOf(tree, folder, settings, value.text, value.because.file)
  if (value === undefined || path === undefined || !path.startsWith('/app/')) return []
  const inside = path.slice('/app/'.length)
  return isYetToBeMade(tree, inside) ? [{ path, keep: true, held: tree.folders.has(inside), because: [value.because] }] : []
}

function holds(folder: Writable, place: Writable): boolean {
  return folder.link === undefined && place.link === undefined && `${place.path}/`.startsWith(`${folder.path}/`)
}

function isAt(one: Writable, other: Writable): boolean {
  return (one.link ?? one.path) === (other.link ?? other.path)
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
