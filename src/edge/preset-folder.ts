import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PresetSource, presetFile } from '../model/preset.ts'
import { exitCodes, Problem } from '../model/problem.ts'

const most = { files: 100, bytes: 256 * 1024 }

/** The preset in a folder of this machine that its author works on. Throws a Problem when there is none. */
export function readPresetFolder(folder: string): PresetSource {
  const names = existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  const wanted = names.filter((name) => name === presetFile || name.endsWith('.hbs')).slice(0, most.files)
  const small = wanted.filter((name) => statSync(join(folder, name)).isFile() && statSync(join(folder, name)).size <= most.bytes)
  if (small.includes(presetFile))
    return { ref: folder, files: new Map(small.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')])) }
  throw new Problem({
    code: 'preset-missing',
    exit: exitCodes.usage,
    message: `${folder} holds no ${presetFile}.`,
    fix: `Make one: secure-docker preset new ${folder}`,
  })
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
