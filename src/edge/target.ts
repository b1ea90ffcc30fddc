import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { OnDisk } from '../model/artifact.ts'
import { Problem } from '../model/problem.ts'
import { isMissing } from './disk.ts'
import { errorCode } from './errors.ts'
import { targetProblem } from './write-problems.ts'

/**
 * The real file that a path of the repository stands for, links followed, there or not. `root` is a real path.
 * Throws a Problem when that lies outside the repository or in its history, or is no file.
 */
export function resolveTarget(root: string, path: string): string {
  const real = followed(resolve(root, path))
  if (real === undefined) throw targetProblem('target-not-a-file', path, 'is a link that leads nowhere')
  const inside = relative(root, real)
  const segments = inside.split(sep)
  if (inside === '' || segments[0] === '..' || isAbsolute(inside))
    throw targetProblem('target-outside', path, 'leads out of the repository')
  if (segments.includes('.git')) throw targetProblem('target-outside', path, 'leads into .git')
  const there = lstatOf(real)
  if (there?.isDirectory()) throw targetProblem('target-is-folder', path, 'is a folder')
  if (there !== undefined && !there.isFile()) throw targetProblem('target-not-a-file', path, 'is no plain file')
  return real
}

/** The path with its links followed as far as it exists; undefined for a link that leads nowhere. */
function followed(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch (error) {
    if (!isMissing(error) && errorCode(error) !== 'ELOOP') throw error
    if (lstatOf(path) !== undefined) return undefined
  }
  const folder = followed(dirname(path))
  return folder === undefined ? undefined : join(folder, basename(path))
}

function lstatOf(path: string): ReturnType<typeof lstatSync> | undefined {
  try {
    return lstatSync(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The bytes of a file, or undefined when there is none. */
export function bytesAt(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/** Bytes as text with its byte order mark and line ends; what is no UTF-8 shows as U+FFFD. */
export function decoded(bytes: Uint8Array): string {
  return lenient.decode(bytes)
}

/** What is there already where these files are to go. Throws a Problem on targets that cannot be files. */
export function readOnDisk(root: string, paths: readonly string[]): OnDisk {
  const real = realpathSync(root)
  const folders = new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/') + 1)))
  const names = [...folders].flatMap((folder) => filesIn(join(real, folder)).map((name) => folder + name))
  const texts = new Map<string, string>()
  for (const path of paths) {
    const bytes = readable(real, path)
    if (bytes !== undefined) texts.set(path, decoded(bytes))
  }
  return { names: new Set(names), texts }
}

function readable(root: string, path: string): Buffer | undefined {
  try {
    return bytesAt(resolveTarget(root, path))
  } catch (error) {
    const cause = errorCode(error)
    throw error instanceof Problem || cause === undefined ? error : targetProblem('target-unreadable', path, `cannot be read (${cause})`)
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry: Dirent) => (entry.isDirectory() ? [] : [entry.name]))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
