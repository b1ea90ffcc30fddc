import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { attempt, createSynced, type Disk, isMissing, removeFile } from './disk.ts'
import { errorCode } from './errors.ts'
import { targetProblem } from './write-problems.ts'

/** A repository's real path with the disk it is on. */
export interface Site {
  readonly root: string
  readonly disk: Disk
}

const ignoreAll = '*\n'

/** The folder for what belongs to this machine alone; its siblings may be committed. */
export function stateFolder(site: Site): string {
  return join(site.root, '.secure-docker', 'local')
}

export function inState(site: Site, ...names: readonly string[]): string {
  return join(stateFolder(site), ...names)
}

/** Makes the folder if need be. Throws a Problem when it, or the folder above it, is a link or a file. */
export function makeStateFolder(site: Site): void {
  for (const folder of [join(site.root, '.secure-docker'), stateFolder(site)]) {
    makeFolder(site, folder)
    if (!lstatSync(folder).isDirectory()) throw targetProblem('target-not-a-file', folder, 'has to be a folder')
  }
}

/** Keeps the folder out of git, whatever the repository's own .gitignore says. */
export function hideStateFolder(site: Site): void {
  const path = inState(site, '.gitignore')
  if (namesIn(site).includes('.gitignore') && readFileSync(path, 'utf8') === ignoreAll) return
  removeFile(site.disk, path)
  createSynced(site.disk, path, ignoreAll, undefined)
}

/** The names in the folder, none when there is no folder. */
export function namesIn(site: Site): readonly string[] {
  try {
    return readdirSync(stateFolder(site))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Lets go of the file `last`, and of the folder with it when that holds nothing that a later run needs. */
export function dropState(site: Site, last: string): void {
  const empty = namesIn(site).every((name) => name === '.gitignore' || name === last)
  if (empty) removeFile(site.disk, inState(site, '.gitignore'))
  removeFile(site.disk, inState(site, last))
  if (empty) dropFolders(site)
}

/** Removes the folders when there is nothing in them. */
export function dropFolders(site: Site): void {
  attempt(() => site.disk.rmdirSync(stateFolder(site)))
  attempt(() => site.disk.rmdirSync(join(site.root, '.secure-docker')))
}

function makeFolder(site: Site, folder: string): void {
  try {
    site.disk.mkdirSync(folder)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
}
