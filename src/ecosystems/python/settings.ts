import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt, matches } from '../search.ts'
import { directoryOf, joined, moduleFile } from './files.ts'

/** A Django settings module with the files that it is made of, itself first. */
export interface Settings {
  readonly module: string
  readonly files: readonly string[]
}

/** A value that a settings file assigns, as it is written there. */
export interface Assigned {
  readonly text: string
  readonly because: Evidence
}

const importLine = /^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import\b/gm

/** Follows what a settings module imports, within the files that were read. */
export function readSettings(tree: Tree, folder: string, module: string): Settings {
  const first = moduleFile(tree, folder, module)
  const files: string[] = []
  const open = first === undefined ? [] : [first]
  for (let file = open.shift(); file !== undefined; file = open.shift()) {
    if (files.includes(file) || !tree.texts.has(file)) continue
    files.push(file)
    for (const { groups } of matches(tree, [file], importLine)) open.push(...imported(tree, folder, file, groups[1] ?? '', groups[2] ?? ''))
  }
  return { module, files }
}

/** The file of one import that belongs to the settings: a sibling, or a module with settings in its name. */
function imported(tree: Tree, folder: string, file: string, dots: string, module: string): readonly string[] {
  if (module === '') return []
  if (dots === '' && !/settings|config/.test(module)) return []
  const base = dots === '' ? folder : joined(directoryOf(file), '../'.repeat(dots.length - 1) || '.')
  const found = base === undefined ? undefined : moduleFile(tree, base, module)
  return found === undefined ? [] : [found]
}

/** The last assignment of a name at the left margin, in the first file that has one: later lines and importing files win. */
export function assigned(tree: Tree, settings: Settings, name: string): Assigned | undefined {
  const pattern = new RegExp(`^${name}[ \\t]*(?::[^=\\n]{0,80})?=[ \\t]*([^\\n]*)$`, 'gm')
  for (const file of settings.files) {
    const last = [...matches(tree, [file], pattern)].at(-1)
    if (last !== undefined) return { text: (last.groups[1] ?? '').replace(/[ \t]+#.*$/, '').trim(), because: last.evidence }
  }
  return undefined
}

/** Evidence that an app is installed: its name in quotes in a settings file. */
export function installed(tree: Tree, settings: Settings, app: string): Evidence | undefined {
  for (const file of settings.files) {
    const text = tree.texts.get(file) ?? ''
    const at = [`"${app}`, `'${app}`].map((quoted) => text.indexOf(quoted)).find((index) => index !== -1)
    if (at !== undefined) return evidenceAt(file, text, at)
  }
  return undefined
}

/** The string that an assignment holds, when it is a plain one. */
export function literal(value: Assigned | undefined): string | undefined {
  return /^[rRuU]?(["'])([^"'\\]*)\1$/.exec(value?.text ?? '')?.[2]
}
