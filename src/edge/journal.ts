import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { attempt, createSynced, removeFile, syncFoldersOf } from './disk.ts'
import { inState, type Site } from './state.ts'
import { resolveTarget } from './target.ts'
import { journalInvalid } from './write-problems.ts'

/**
 * What one write is about to do, on disk before it is done. While `staging`, no target has been touched;
 * while `committing`, each target is old or new. Afterwards the journal stays as the record of what can be undone.
 */
export interface Journal {
  readonly id: string
  readonly phase: 'staging' | 'committing'
  /** Folders that had to be made, parents first. */
  readonly folders: readonly string[]
  /** Folders to be removed at the end when nothing is in them, parents first. */
  readonly emptied: readonly string[]
  readonly files: readonly JournalFile[]
}

/** A target by its real path in the repository, with the hashes of its old and new bytes; null where there is no file. */
export interface JournalFile {
  readonly path: string
  readonly old: string | null
  readonly new: string | null
}

const journalName = 'journal.json'
export const undoName = 'undo.json'

/** Writes the journal in one step: it is there whole, or as it was before. */
export function saveJournal(site: Site, journal: Journal): void {
  const path = inState(site, journalName)
  const draft = `${path}.new`
  removeFile(site.disk, draft)
  createSynced(site.disk, draft, JSON.stringify(journal), undefined)
  site.disk.renameSync(draft, path)
  syncFoldersOf(site.disk, [path])
}

export function removeJournal(site: Site): void {
  removeFile(site.disk, inState(site, `${journalName}.new`))
  removeFile(site.disk, inState(site, journalName))
}

/** Ends a write: from here on the journal says what can be undone. */
export function keepForUndo(site: Site): void {
  site.disk.renameSync(inState(site, journalName), inState(site, undoName))
  attempt(() => syncFoldersOf(site.disk, [inState(site, undoName)]))
}

export function hasJournal(site: Site): boolean {
  return existsSync(inState(site, journalName))
}

/** The journal of a write that was not brought to its end. Throws a Problem when it makes no sense. */
export function readJournal(site: Site): Journal | undefined {
  return parsed(site, journalName)
}

/** The record of the last write that was. Throws a Problem when it makes no sense. */
export function readUndo(site: Site): Journal | undefined {
  return parsed(site, undoName)
}

/** Names in the state folder that belong there when nothing is going on. Throws like `readUndo`. */
export function keptNames(site: Site): ReadonlySet<string> {
  return new Set(['.gitignore', undoName, readUndo(site)?.id ?? ''])
}

/** Absolute paths of a journal's file: itself, its new content before it is renamed, and the copy of its old content. */
export function pathsOf(
  site: Site,
  journal: Journal,
  index: number,
): { readonly target: string; readonly staged: string; readonly copy: string } {
  const target = join(site.root, journal.files[index]?.path ?? '')
  return {
    target,
    staged: join(dirname(target), `.${basename(target)}.${journal.id}.tmp`),
    copy: inState(site, journal.id, String(index)),
  }
}

/** A real path in the repository as the journal names it. */
export function inJournal(site: Site, path: string): string {
  return relative(site.root, path).split(sep).join('/')
}

function parsed(site: Site, name: string): Journal | undefined {
  const path = inState(site, name)
  if (!existsSync(path)) return undefined
  const invalid = journalInvalid(inJournal(site, path))
  try {
    const journal: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isJournal(journal) && pathsIn(journal).every((path) => isOwn(site, path))) return journal
  } catch {
    throw invalid
  }
  throw invalid
}

function pathsIn({ files, folders, emptied }: Journal): readonly string[] {
  return [...files.map((file) => file.path), ...[...folders, ...emptied].map((folder) => `${folder}/any`)]
}

/** A journal may have come with the repository: it must not lead out of it. */
function isOwn(site: Site, path: string): boolean {
  return path === inJournal(site, resolveTarget(site.root, path))
}

function isJournal(value: unknown): value is Journal {
  if (!isRecord(value)) return false
  const { id, phase, folders, emptied, files } = value
  return (
    typeof id === 'string' &&
    /^[0-9a-f]{16}$/.test(id) &&
    (phase === 'staging' || phase === 'committing') &&
    Array.isArray(folders) &&
    Array.isArray(emptied) &&
    [...folders, ...emptied].every((folder) => typeof folder === 'string') &&
    Array.isArray(files) &&
    files.every((file) => isRecord(file) && typeof file.path === 'string' && isHash(file.old) && isHash(file.new))
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isHash(value: unknown): boolean {
  return value === null || (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value))
}
