import type { App } from '../model/app.ts'
import type { Lacking } from '../model/assets.ts'
import type { Tree } from '../model/tree.ts'
import { isYetToBeMade } from './lacking.ts'
import { evidenceAt } from './search.ts'

const code: Readonly<Partial<Record<App['ecosystem'], RegExp>>> = {
  go: /^(?!.*_test\.go$).*\.go$/,
  node: /^(?!.*(?:\.(?:test|spec|config)\.|\.d\.ts$)).*\.[cm]?[jt]s$/,
}
const elsewhere = /(?:^|\/)(?:tests?|testdata|docs?|examples?|scripts|node_modules|vendor|e2e)\//
// `path.join(__dirname, '..', 'client', 'dist')`
const between = String.raw`(?:/|["'\x60]\s{0,9},\s{0,9}["'\x60]/?)`
const opening = String.raw`(?:Dir|DirFS|Static|StaticFS|StaticFile|ServeFile|File)\([^()\n]{0,80}["'\x60]/?`

/**
 * Folders that a package makes and the repository does not hold, and that the program's code names: it reads them from disk while it runs.
 * `folder` is that of the package, `outputs` are seen from the root of the repository.
 */
export function servedFromDisk(tree: Tree, app: App, folder: string, outputs: readonly string[]): readonly Lacking[] {
  const texts = codeOf(tree, app, folder)
  return outputs.filter((path) => isYetToBeMade(tree, path)).flatMap((path) => named(texts, path))
}

/** Whether the program's code names something of a package's folder but what it makes. */
export function namesSources(tree: Tree, app: App, folder: string, outputs: readonly string[]): boolean {
  const rest = outputs.map((path) => escaped(path.slice(folder.length + 1).split('/'))).join('|')
  const pattern = new RegExp(String.raw`["'\x60/]${escaped(folder.split('/'))}${between}(?!(?:${rest})["'\x60/])`)
  return codeOf(tree, app, folder).some(([, text]) => pattern.test(text))
}

type Texts = readonly (readonly [file: string, text: string])[]

/** The program's own code, outside of the package. */
function codeOf(tree: Tree, { ecosystem }: App, folder: string): Texts {
  const files = code[ecosystem]
  return files === undefined
    ? []
    : [...tree.texts].filter(([file]) => files.test(file) && !elsewhere.test(file) && !file.startsWith(`${folder}/`))
}

function named(texts: Texts, path: string): readonly Lacking[] {
  const pattern = namedBy(path)
  for (const [file, text] of texts) {
    const at = text.search(pattern)
    if (at !== -1) return [{ path, needed: false, read: true, because: evidenceAt(file, text, at) }]
  }
  return []
}

/** What names a folder: a path in quotes, or its parts where they are joined. One name alone means a folder only where something is opened. */
function namedBy(path: string): RegExp {
  const parts = path.split('/')
  const before = parts.length === 1 ? String.raw`(?:["'\x60]\./|${opening})` : String.raw`["'\x60/]`
  return new RegExp(String.raw`${before}${escaped(parts)}["'\x60/]`)
}

function escaped(parts: readonly string[]): string {
  return parts.map((part) => part.replace(/[^\w@-]/g, String.raw`\$&`)).join(between)
}
