import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { exitCodes, Problem } from '../../model/problem.ts'
import type { PresetFiles } from '../../model/reference.ts'
import { isMissing } from '../disk.ts'
import { isPresetFile, type Listed, limits, presetPaths, presetTexts } from './content.ts'

/** Folders of a repository in which no preset of its own lies: history, what is kept of others, packages. */
const skipped: ReadonlySet<string> = new Set(['.git', '.secure-docker', 'node_modules'])

/** The preset at a path of the repository. Throws a Problem when it is not there, and where a link leads out of the repository. */
export async function readLocal(root: string, ref: string, path: string): Promise<PresetFiles> {
  const folder = path.endsWith('.toml') ? path.slice(0, path.lastIndexOf('/') + 1) : path
  if (!(await isInside(root, path)) || (await stat(join(root, path))).isFile() !== path.endsWith('.toml')) throw missing(ref, path)
  const names = path.endsWith('.toml') ? [path.slice(folder.length)] : (await filesIn(join(root, folder), skipped)).filter(isPresetFile)
  const listed = await Promise.all(names.map((name) => file(root, join(folder, name).split(sep).join('/'))))
  return presetTexts(ref, presetPaths(ref, path, listed), (one) => readFile(join(root, one.path)))
}

/** What is kept in a folder, all of it; nothing when there is no folder, or when something in it was never kept. */
export async function readKept(root: string, ref: string, folder: string): Promise<PresetFiles> {
  if (!(await isInside(root, folder))) return new Map()
  const listed = await Promise.all((await filesIn(join(root, folder))).map((name) => file(root, `${folder}/${name}`)))
  if (listed.some(({ size }) => size === undefined)) return new Map()
  const whole = new Map(listed.map((one) => [one.path.slice(folder.length + 1), one]))
  try {
    return await presetTexts(ref, whole, (one) => readFile(join(root, one.path)))
  } catch (error) {
    if (error instanceof Problem) return new Map()
    throw error
  }
}

async function file(root: string, path: string): Promise<Listed> {
  if (!(await isInside(root, path))) return { path }
  const found = await stat(join(root, path))
  return { path, ...(found.isFile() && { size: found.size }) }
}

async function isInside(root: string, path: string): Promise<boolean> {
  try {
    return !relative(root, await realpath(join(root, path))).startsWith('..')
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

/** Paths of the files in a folder and below it, as far down as a preset may reach. */
async function filesIn(folder: string, without: ReadonlySet<string> = new Set(), depth = 0): Promise<readonly string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !without.has(name))
  const below = await Promise.all(
    entries.map(async (entry) => {
      if (!entry.isDirectory()) return [entry.name]
      const inner = depth < limits.depth ? await filesIn(join(folder, entry.name), without, depth + 1) : []
      return inner.map((name) => `${entry.name}/${name}`)
    }),
  )
  return below.flat().sort()
}

function missing(ref: string, path: string): Problem {
  return new Problem({
    code: 'preset-missing',
    exit: exitCodes.usage,
    message: `The preset ${ref} is not in this repository.`,
    file: path,
    fix: 'Name a folder that holds a preset.toml, or a .toml file, by its path from the root.',
  })
}
