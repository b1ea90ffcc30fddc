import { readFileSync, realpathSync, statSync } from 'node:fs'
import type { FileChange } from '../model/artifact.ts'
import { type Disk, fingerprint, realDisk } from './disk.ts'
import { hasJournal, type Journal, pathsOf, readUndo } from './journal.ts'
import { exclusively } from './run-lock.ts'
import type { Site } from './state.ts'
import { inStyleOf } from './style.ts'
import { bytesAt, decoded, resolveTarget } from './target.ts'
import { type Change, isUnsettled, settle, transact } from './transaction.ts'
import { changedMeanwhile, changedSince, journalInvalid, nothingToUndo, targetProblem, writeProblem } from './write-problems.ts'

/**
 * Makes all changes or none, in their order. Mode, owner, line ends, final newline and byte order mark of a file stay as they
 * are, and a link inside the repository is followed. Throws a Problem, with nothing changed, when that cannot be.
 */
export async function write(root: string, changes: readonly FileChange[], disk: Disk = realDisk): Promise<void> {
  if (changes.length === 0) return
  await alone(root, disk, (site) => {
    const prepared = changes.map((change) => prepare(site, change))
    const twice = prepared.findIndex((a, i) => prepared.findIndex((b) => b.path === a.path) !== i)
    if (twice !== -1) throw targetProblem('target-not-a-file', changes[twice]?.path ?? '', 'is the same file as another one')
    const needed = prepared.filter(({ content, before }) => !isSame(content, before))
    if (needed.length > 0) transact(site, needed)
  })
}

/** Finishes or undoes what an interrupted run began: to be called before anything is read that may be written. */
export async function recover(root: string, disk: Disk = realDisk): Promise<void> {
  if (isUnsettled({ root, disk })) await alone(root, disk, () => {})
}

/** Whether an interrupted run waits to be finished, for commands that write nothing. */
export function isInterrupted(root: string): boolean {
  return hasJournal({ root, disk: realDisk })
}

/** Restores what the last run replaced, and removes what it created; done twice, it is done again. Throws a Problem, with nothing changed, when a file has been edited since. */
export async function undo(root: string, disk: Disk = realDisk): Promise<void> {
  await alone(root, disk, (site) => {
    const last = readUndo(site)
    if (last === undefined) throw nothingToUndo()
    transact(
      site,
      last.files.map((_, index) => reversed(site, last, index)),
      last.folders,
    )
  })
}

async function alone(root: string, disk: Disk, work: (site: Site) => void): Promise<void> {
  const site: Site = { root: realpathSync(root), disk }
  try {
    await exclusively(site, () => {
      settle(site)
      work(site)
    })
  } catch (error) {
    throw writeProblem(error, site.root)
  }
}

function prepare(site: Site, { path, content, before }: FileChange): Change {
  const target = resolveTarget(site.root, path)
  const bytes = bytesAt(target)
  const text = bytes && decoded(bytes)
  if (text !== before) throw changedMeanwhile(path)
  return { path: target, before: bytes, content: content === undefined ? undefined : Buffer.from(inStyleOf(text, content)) }
}

function reversed(site: Site, last: Journal, index: number): Change {
  const { target, copy } = pathsOf(site, last, index)
  const file = last.files[index]
  if (file === undefined || (fingerprint(target) ?? null) !== file.new) throw changedSince(file?.path ?? '')
  const before = bytesAt(target)
  if (file.old === null) return { path: target, before, content: undefined }
  if (fingerprint(copy) !== file.old) throw journalInvalid('.secure-docker/local/undo.json')
  return { path: target, before, content: readFileSync(copy), access: statSync(copy) }
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0
}
