import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { randomBytes, sha256 } from './crypto.ts'
import { type Access, attempt, createSynced, fingerprint, removeFile, syncFoldersOf } from './disk.ts'
import {
  hasJournal,
  inJournal,
  type Journal,
  keepForUndo,
  keptNames,
  pathsOf,
  readJournal,
  removeJournal,
  saveJournal,
  undoName,
} from './journal.ts'
import { hideStateFolder, inState, namesIn, type Site, stateFolder } from './state.ts'
import { changedMeanwhile, interruptedWrite } from './write-problems.ts'

/** A real path with the bytes that are to be there (undefined to remove the file) and those that are there now. */
export interface Change {
  readonly path: string
  readonly content: Uint8Array | undefined
  readonly before: Uint8Array | undefined
  /** Mode and owner of the file; those of the file that is there, or the user's usual ones, when absent. */
  readonly access?: Access
}

/**
 * Makes all changes or none, in their order. Stage new bytes and copies of the old ones, rename, sync; the journal tells a
 * later run how far this one came. Folders of `emptied` go when nothing is left in them. Throws what went wrong after everything is as it was, or a Problem when that fails too.
 */
export function transact(site: Site, changes: readonly Change[], emptied: readonly string[] = []): void {
  const journal: Journal = {
    id: randomBytes(8).toString('hex'),
    phase: 'staging',
    folders: missingFolders(site, changes),
    emptied,
    files: changes.map((c) => ({ path: inJournal(site, c.path), old: hashOf(c.before), new: hashOf(c.content) })),
  }
  try {
    hideStateFolder(site)
    saveJournal(site, journal)
    stage(site, journal, changes)
    const committing: Journal = { ...journal, phase: 'committing' }
    saveJournal(site, committing)
    const changed = firstUnfinishable(site, committing)
    if (changed !== undefined) throw changedMeanwhile(changed)
    commit(site, committing)
  } catch (error) {
    undoAfter(site, error)
  }
  clearLitter(site)
}

/** Finishes what an interrupted write began, or undoes it where a file has been changed since. Its litter goes too. */
export function settle(site: Site): void {
  const journal = readJournal(site)
  if (journal?.phase === 'committing' && firstUnfinishable(site, journal) === undefined) commit(site, journal)
  else if (journal !== undefined) rollBack(site, journal)
  clearLitter(site)
}

/** Whether there is anything for `settle` to do. */
export function isUnsettled(site: Site): boolean {
  if (!existsSync(stateFolder(site))) return false
  try {
    const names = namesIn(site)
    if (hasJournal(site) || !names.includes(undoName)) return true
    const kept = keptNames(site)
    return names.some((name) => !kept.has(name))
  } catch {
    return false
  }
}

function stage(site: Site, journal: Journal, changes: readonly Change[]): void {
  for (const folder of journal.folders) site.disk.mkdirSync(join(site.root, folder))
  site.disk.mkdirSync(inState(site, journal.id))
  for (const [index, { content, before, access, path }] of changes.entries()) {
    const { staged, copy } = pathsOf(site, journal, index)
    const now = before === undefined ? undefined : statSync(path)
    if (before !== undefined) createSynced(site.disk, copy, before, now)
    if (content !== undefined) createSynced(site.disk, staged, content, access ?? now)
  }
  // The journal must never promise a file whose name is not on the disk yet.
  syncFoldersOf(site.disk, everyPath(site, journal))
}

/** Puts the staged files in place; those that are there already are left alone, so that it can be done again. */
function commit(site: Site, journal: Journal): void {
  for (const [index, file] of journal.files.entries()) {
    const { target, staged } = pathsOf(site, journal, index)
    if (file.new === null) removeFile(site.disk, target)
    else if (existsSync(staged)) site.disk.renameSync(staged, target)
  }
  removeEmpty(site, journal.emptied)
  syncFoldersOf(site.disk, everyPath(site, journal))
  keepForUndo(site)
}

/** The first file that is neither new nor still old with its new bytes at hand: somebody has been there. */
function firstUnfinishable(site: Site, journal: Journal): string | undefined {
  const unfinishable = journal.files.find((file, index) => {
    const { target, staged } = pathsOf(site, journal, index)
    const now = fingerprint(target) ?? null
    return now !== file.new && !(now === file.old && (file.new === null || fingerprint(staged) === file.new))
  })
  return unfinishable?.path
}

/** Makes every file that we renamed what it was. A file that somebody has changed since keeps those changes. */
function rollBack(site: Site, journal: Journal): void {
  for (const [index, file] of journal.files.entries()) {
    const { target, staged, copy } = pathsOf(site, journal, index)
    removeFile(site.disk, staged)
    const isOurs = journal.phase === 'committing' && (fingerprint(target) ?? null) === file.new
    if (!isOurs) continue
    if (file.old === null) removeFile(site.disk, target)
    else if (fingerprint(copy) === file.old) {
      site.disk.mkdirSync(dirname(target), { recursive: true })
      createSynced(site.disk, staged, readFileSync(copy), statSync(copy))
      site.disk.renameSync(staged, target)
    }
  }
  removeEmpty(site, journal.folders)
  attempt(() => syncFoldersOf(site.disk, everyPath(site, journal)))
  removeJournal(site)
}

/** After a failure: rolls back what the journal on disk says, and throws the failure. */
function undoAfter(site: Site, failure: unknown): never {
  try {
    const journal = readJournal(site)
    if (journal !== undefined) rollBack(site, journal)
    clearLitter(site)
  } catch {
    throw interruptedWrite()
  }
  throw failure
}

/** Removes from the state folder what interrupted runs left there. */
function clearLitter(site: Site): void {
  attempt(() => {
    const kept = keptNames(site)
    for (const name of namesIn(site))
      if (!kept.has(name) && name !== 'run.pid') site.disk.rmSync(inState(site, name), { recursive: true, force: true })
  })
}

/** Folders to be made, parents first. */
function missingFolders(site: Site, changes: readonly Change[]): readonly string[] {
  const missing = new Set<string>()
  for (const { path, content } of changes)
    for (let folder = dirname(path); content !== undefined && folder !== site.root && !existsSync(folder); folder = dirname(folder))
      missing.add(inJournal(site, folder))
  return [...missing].sort()
}

/** A folder in which something was left stays. */
function removeEmpty(site: Site, folders: readonly string[]): void {
  for (const folder of folders.toReversed()) attempt(() => site.disk.rmdirSync(join(site.root, folder)))
}

function everyPath(site: Site, journal: Journal): readonly string[] {
  const files = journal.files.flatMap((_, index) => {
    const { target, copy } = pathsOf(site, journal, index)
    return [target, copy]
  })
  return [...files, ...journal.folders.map((folder) => join(site.root, folder))]
}

function hashOf(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : sha256(bytes)
}
