import * as fs from 'node:fs'
import { dirname } from 'node:path'
import { sha256 } from './crypto.ts'
import { errorCode } from './errors.ts'

/** Everything that changes the disk goes through these, so that a test can make any one of them fail. */
export type Disk = Pick<
  typeof fs,
  | 'openSync'
  | 'writeFileSync'
  | 'fchownSync'
  | 'fchmodSync'
  | 'fsyncSync'
  | 'closeSync'
  | 'renameSync'
  | 'unlinkSync'
  | 'mkdirSync'
  | 'rmdirSync'
  | 'rmSync'
>

export const realDisk: Disk = fs

/** Mode and owner of a file, to be given to another. */
export type Access = Pick<fs.Stats, 'mode' | 'uid' | 'gid'>

/** Some file systems cannot sync a folder, and need not; one that was removed has nothing to sync. */
const cannotSync: ReadonlySet<string | undefined> = new Set(['ENOENT', 'EINVAL', 'EISDIR', 'ENOTSUP', 'EBADF', 'EPERM', 'EACCES'])

/** Creates a file that must not be there yet, and waits until its bytes are on the disk. */
export function createSynced(disk: Disk, path: string, content: Uint8Array | string, access: Access | undefined): void {
  const file = disk.openSync(path, 'wx', access === undefined ? 0o666 : 0o600)
  try {
    disk.writeFileSync(file, content)
    if (access !== undefined) giveAccess(disk, file, access)
    disk.fsyncSync(file)
  } finally {
    disk.closeSync(file)
  }
}

function giveAccess(disk: Disk, file: number, { mode, uid, gid }: Access): void {
  const own = fs.fstatSync(file)
  try {
    if (own.uid !== uid || own.gid !== gid) disk.fchownSync(file, uid, gid)
  } catch (error) {
    // Only root may give files away; the content matters more than the owner.
    if (errorCode(error) !== 'EPERM') throw error
  }
  disk.fchmodSync(file, mode & 0o7777)
}

/** Waits until what was created, renamed or removed in the folders of these files is on the disk. */
export function syncFoldersOf(disk: Disk, paths: readonly string[]): void {
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    try {
      const handle = disk.openSync(folder, 'r')
      try {
        disk.fsyncSync(handle)
      } finally {
        disk.closeSync(handle)
      }
    } catch (error) {
      if (!cannotSync.has(errorCode(error))) throw error
    }
  }
}

/** Removes a file; one that is not there is no error. */
export function removeFile(disk: Disk, path: string): void {
  try {
    disk.unlinkSync(path)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

/** Runs something whose failure leaves only litter behind, which a later run clears away. */
export function attempt(work: () => void): void {
  try {
    work()
  } catch {}
}

export function isMissing(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** What lies at a path, links not followed: the hash of a file, undefined for nothing, `other` for all else. */
export function fingerprint(path: string): string | undefined {
  try {
    return fs.lstatSync(path).isFile() ? sha256(fs.readFileSync(path)) : 'other'
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
