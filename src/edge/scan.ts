import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { exitCodes, Problem } from '../model/problem.ts'
import type { Reads, Tree } from '../model/tree.ts'
import { type Bounds, bounds } from './bounds.ts'
import { errorCode } from './errors.ts'
import { excludes, type IgnoreRules, rulesIn } from './gitignore.ts'
import { inParallel } from './parallel.ts'
import { readText, readTexts, reasonOf } from './texts.ts'

/** Neither listed nor entered: history, our own state, installed packages, caches. */
const skipped: ReadonlySet<string> = new Set(['.git', '.secure-docker', '.secrets', 'node_modules', '.venv', 'venv', '__pycache__'])

/** What is known while the repository is walked. */
interface Walk {
  readonly root: string
  readonly limits: Bounds
  readonly files: Set<string>
  readonly folders: Set<string>
  readonly links: string[]
  readonly unread: Map<string, string>
}

interface Folder {
  readonly path: string
  readonly rules: IgnoreRules
}

interface Listing extends Folder {
  readonly entries: readonly Dirent[]
}

/**
 * Lists a repository as git would hand it to somebody else, and reads the files that ecosystems declare.
 * Links never lead out of it. Throws a Problem when the root is no folder that can be read.
 */
export async function scan(root: string, reads: readonly Reads[], limits: Bounds = bounds): Promise<Tree> {
  const walk: Walk = { root: await rootFolder(root), limits, files: new Set(), folders: new Set(), links: [], unread: new Map() }
  let level: readonly Folder[] = [{ path: '', rules: undefined }]
  for (let depth = 0; level.length > 0; depth++) {
    const listings = await inParallel(level, (folder) => list(walk, folder))
    const below = listings.flatMap((listing) => enter(walk, listing))
    level = depth < limits.depth ? below : []
    if (level !== below) for (const { path } of below) walk.unread.set(path, `deeper than ${limits.depth} folders`)
  }
  await followLinks(walk)
  const files = [...walk.files].sort()
  const { texts, unread } = await readTexts(walk.root, files.filter(declaredBy(reads)), limits)
  return { files: new Set(files), folders: new Set([...walk.folders].sort()), texts, unread: new Map([...walk.unread, ...unread]) }
}

/** The real path of a folder. Throws a Problem when it is none, or cannot be read. */
export async function rootFolder(root: string): Promise<string> {
  try {
    const real = await realpath(root)
    if ((await stat(real)).isDirectory()) return real
  } catch (error) {
    throw rootProblem(root, error)
  }
  throw rootProblem(root, { code: 'ENOTDIR' })
}

function rootProblem(root: string, error: unknown): Problem {
  const shown = JSON.stringify(root)
  const exit = exitCodes.usage
  const cause = errorCode(error)
  if (cause === 'ENOENT')
    return new Problem({ code: 'folder-missing', exit, message: `There is no folder ${shown}.`, fix: 'Check the spelling of the path.' })
  if (cause === 'ENOTDIR')
    return new Problem({ code: 'not-a-folder', exit, message: `${shown} is not a folder.`, fix: 'Name the folder that holds the project.' })
  const message = `The folder ${shown} cannot be read (${cause ?? 'unknown error'}).`
  return new Problem({ code: 'folder-unreadable', exit, message, fix: 'Give yourself permission to read and enter the folder.' })
}

/** The entries of a folder that git does not exclude, sorted. None when it cannot be read. */
async function list(walk: Walk, { path, rules: above }: Folder): Promise<Listing> {
  try {
    const found = await readdir(join(walk.root, path), { withFileTypes: true })
    const own = await ownRules(walk, path, above, found)
    const rules = path === 'cmd' ? withPrograms(own, found) : own
    const kept = found.filter((e) => !skipped.has(e.name) && !excludes(rules, child(path, e.name) + (e.isDirectory() ? '/' : '')))
    return { path, rules, entries: kept.sort((a, b) => (a.name < b.name ? -1 : 1)) }
  } catch (error) {
    if (path === '') throw rootProblem(walk.root, error)
    walk.unread.set(path, reasonOf(error))
    return { path, rules: above, entries: [] }
  }
}

/**
 * In Go `.gitignore` names the binary that the compiler leaves at the root, and by that word also the folder `cmd/NAME` that it comes
 * from. Git goes on keeping what it knows already: such a folder is part of the repository.
 */
function withPrograms(rules: IgnoreRules, entries: readonly Dirent[]): IgnoreRules {
  const programs = entries.filter((e) => e.isDirectory() && /^[\w-]+$/.test(e.name) && excludes(rules, e.name))
  return programs.length === 0 ? rules : rulesIn('', rules, programs.map((e) => `!/cmd/${e.name}`).join('\n'))
}

async function ownRules(walk: Walk, folder: string, above: IgnoreRules, entries: readonly Dirent[]): Promise<IgnoreRules> {
  // Git does not read a .gitignore that is a link.
  if (!entries.some((e) => e.name === '.gitignore' && e.isFile())) return above
  const path = child(folder, '.gitignore')
  try {
    const { size } = await stat(join(walk.root, path))
    if (size <= walk.limits.textBytes) return rulesIn(folder, above, await readText(join(walk.root, path)))
    walk.unread.set(path, 'too large')
  } catch (error) {
    walk.unread.set(path, reasonOf(error))
  }
  return above
}

/** Notes what a folder holds, and says which folders are to be listed next. */
function enter(walk: Walk, { path, rules, entries }: Listing): readonly Folder[] {
  if (path !== '' && entries.some((e) => e.name === 'pyvenv.cfg')) {
    walk.folders.delete(path)
    return []
  }
  // Of Go's copied dependencies only the list matters: it shows that they are there.
  const seen = path === 'vendor' || path.endsWith('/vendor') ? entries.filter((e) => e.name === 'modules.txt') : entries
  const next: Folder[] = []
  for (const entry of seen) {
    const at = child(path, entry.name)
    if (walk.files.size + walk.folders.size + walk.links.length >= walk.limits.entries) {
      walk.unread.set(path === '' ? '.' : path, `the repository holds more than ${walk.limits.entries} files and folders`)
      return next
    }
    if (entry.isFile()) walk.files.add(at)
    if (entry.isSymbolicLink()) walk.links.push(at)
    if (!entry.isDirectory()) continue
    walk.folders.add(at)
    next.push({ path: at, rules })
  }
  return next
}

/** A link stands for what it leads to when the scan has seen that too: never for something outside, excluded or skipped. */
async function followLinks(walk: Walk): Promise<void> {
  await inParallel(walk.links, async (link) => {
    const real = await realpath(join(walk.root, link)).catch(() => undefined)
    if (real === undefined) return
    const target = relative(walk.root, real).split(sep).join('/')
    if (walk.files.has(target)) walk.files.add(link)
    if (walk.folders.has(target)) walk.folders.add(link)
  })
}

function declaredBy(reads: readonly Reads[]): (path: string) => boolean {
  const names = new Set(reads.flatMap((r) => r.names))
  const endings = reads.flatMap((r) => r.endings).map(endingIn)
  return (path) => names.has(path.slice(path.lastIndexOf('/') + 1)) || endings.some((declared) => declared(path))
}

function endingIn(ending: string): (path: string) => boolean {
  const [folder = '', rest] = ending.split('/*')
  if (rest === undefined) return (path) => path.endsWith(ending)
  return (path) => path.endsWith(rest) && `/${path}`.slice(0, `/${path}`.lastIndexOf('/')).endsWith(`/${folder}`)
}

function child(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
