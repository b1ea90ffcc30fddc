import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { evidenceAt } from '../search.ts'
import { inBranch } from './branches.ts'
import { directoryOf, moduleFile } from './files.ts'

/** A Django settings module with the files that it is made of, itself first. */
export interface Settings {
  readonly module: string
  readonly files: readonly string[]
  /** Those of them that are only imported under a condition. */
  readonly conditional?: readonly string[]
}

/** A value that a settings file assigns, as it is written there. */
export interface Assigned {
  readonly text: string
  readonly because: Evidence
}

// Nobody assigns a name more often; each costs a look at its line.
const mostAssignments = 50
const importLine = /^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import\b/gm

/** Follows what a settings module imports, within the files that were read. */
export function readSettings(tree: Tree, folder: string, module: string): Settings {
  const first = moduleFile(tree, folder, module)
  const files: string[] = []
  const conditional = new Set<string>()
  const open = first === undefined ? [] : [{ file: first, under: false }]
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { file, under } = next
    if (!under) conditional.delete(file)
    if (files.includes(file) || !tree.texts.has(file)) continue
    files.push(file)
    if (under) conditional.add(file)
    const text = tree.texts.get(file) ?? ''
    for (const { index, 1: dots = '', 2: inner = '' } of text.matchAll(importLine))
      for (const found of imported(tree, folder, file, dots, inner))
        open.push({ file: found, under: under || /^(?:el)?if\b|^else/.test(inBranch(text, index)?.line ?? '') })
    for (const found of included(tree, file, text)) open.push({ file: found, under })
  }
  return { module, files, conditional: [...conditional] }
}

const splits = /^[ \t]*(?:from|import)[ \t]+split_settings\b/m
const part = /["']((?:[\w-]+\/)*[\w.*-]+\.py)["']/g

// Each costs a look at the name of every file; with many stars in one, a long look.
const mostParts = 50
const mostStars = 3

/** What django-split-settings puts together, the last first: later files win over earlier ones. */
function included(tree: Tree, file: string, text: string): readonly string[] {
  if (!splits.test(text)) return []
  const parts = [...text.matchAll(part)].slice(0, mostParts).reverse()
  return parts.flatMap(([, path = '']) => {
    const whole = joined(directoryOf(file), path)
    const pattern =
      whole === undefined || path.split('*').length - 1 > mostStars
        ? undefined
        : new RegExp(`^${whole.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`)
    return pattern === undefined ? [] : [...tree.texts.keys()].filter((name) => name !== file && pattern.test(name)).reverse()
  })
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
  return assignments(tree, settings, name, '').at(-1)
}

/** As `assigned`, else the first that stands in a branch or a class and gives something. */
export function assignedAnywhere(tree: Tree, settings: Settings, name: string): Assigned | undefined {
  return assigned(tree, settings, name) ?? assignments(tree, settings, name, '[ \\t]+').find(givesAnything)
}

/** Not None, nor an empty text. */
export function givesAnything({ text }: Assigned): boolean {
  return !/^(?:None|["']{2})$/.test(text)
}

/** All assignments of a name behind an indent, in the first file that has one, each with the lines that its brackets hold. */
export function assignments(tree: Tree, settings: Settings, name: string, indent = '[ \\t]*'): readonly Assigned[] {
  const pattern = new RegExp(`^${indent}${name}[ \\t]*(?::[^=\\n]{0,80})?=(?!=)[ \\t]*`, 'gm')
  for (const file of settings.files) {
    const source = tree.texts.get(file) ?? ''
    const found = [...source.matchAll(pattern)].slice(-mostAssignments).map((match): Assigned => {
      const lines = statement(source, match.index + match[0].length).split('\n')
      const text = lines.map((line) => line.replace(/(?:^|[ \t])#.*$/, '').trim()).join(' ')
      return { text: text.trim(), because: evidenceAt(file, source, match.index + match[0].length - 1) }
    })
    if (found.length > 0) return found
  }
  return []
}

const longestStatement = 1000

/** From an index to the end of the line in which no bracket that opens there is open any more. */
function statement(text: string, start: number): string {
  const rest = text.slice(start, start + longestStatement)
  let depth = 0
  for (const [i, char] of [...rest].entries()) {
    if ('{(['.includes(char)) depth++
    if ('})]'.includes(char)) depth--
    if (depth <= 0 && char === '\n') return rest.slice(0, i)
  }
  return depth > 0 ? (rest.split('\n', 1)[0] ?? '') : rest
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
