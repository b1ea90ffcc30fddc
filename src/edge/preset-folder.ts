import { existsSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { exitCodes, Problem } from '../model/problem.ts'

/** A preset's place: the repository it lies in, and its name as that repository would write it. */
export interface PresetPlace {
  readonly root: string
  readonly ref: string
}

/** A path of this machine as a preset of the repository around it; undefined when nothing is there. */
export function presetAt(target: string): PresetPlace | undefined {
  if (!existsSync(target)) return undefined
  const path = realpathSync(target)
  const root = repositoryOf(path)
  return { root, ref: `./${relative(root, path).split(sep).join('/')}` }
}

/** The nearest folder with a history; without any, the one worked in, or else the preset's own. */
function repositoryOf(path: string): string {
  const own = statSync(path).isDirectory() ? path : dirname(path)
  for (let folder = own; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (folder === dirname(folder)) break
  }
  const here = realpathSync('.')
  const inside = relative(here, path)
  return inside.startsWith('..') || isAbsolute(inside) ? own : here
}

/** Writes a file that is not there yet, and gives its path. Throws a Problem when it is. */
export function writeNew(folder: string, name: string, text: string): string {
  const path = join(folder, name)
  if (existsSync(path)) {
    throw new Problem({
      code: 'preset-there',
      exit: exitCodes.usage,
      message: `${path} is there already.`,
      file: path,
      fix: 'Name another folder.',
    })
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, text)
  return path
}
