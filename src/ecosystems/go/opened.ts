import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { evidenceAt } from '../search.ts'
import { carried } from './carried.ts'
import { embeddedPaths, fixedPart, type NamedPath } from './paths.ts'
import { settingsEndings } from './settings-file.ts'
import type { GoFile } from './source.ts'

/** Calls that open what their text arguments name. */
const opens =
  /\b(?:ParseGlob|ParseFiles|LoadHTML(?:Glob|Files)|http\.Dir|os\.DirFS|os\.Open|ReadFile|ReadDir|ServeFile|WalkDir|Walk|Glob|Static|StaticFile|StaticFS|ServeStatic|File|Favicon|SendFile|AddConfigPath|SetConfigFile|NewFileSystem|html\.New|django\.New|pug\.New|mustache\.New|New)\(/g
const literal = /"([^"\\\n]{1,200})"|`([^`\n]{1,200})`/g
// A path that begins with a folder: what is below it, nobody can tell.
const joining = /\b(?:filepath|path)\.Join\(\s{0,20}["`]([^"`\\\n]{1,200})["`]\s{0,20},/g
// Folders of files for a program to read, by their usual names: one that is named apart, as a constant or a setting, is read too.
const usual =
  /^(?:assets?|conf(?:ig)?s?|fonts|html|i18n|lang(?:uages)?|locales?|migrations?|openapi|pages|public|resources?|static|swagger|templates?|themes?|translations?|views?)$/
// viper looks for it with each ending that it knows, where the program runs as in the folders that it is told of.
const nameSet = /\bSetConfigName\(\s{0,10}"([\w-]{1,60})"/g
const longestCall = 300
// The names in it are those of what it was made from (https://pkg.go.dev/cmd/go#hdr-Generate_Go_files_by_processing_source).
const generated = /^\/\/ Code generated .{0,200} DO NOT EDIT\.$/m

/** Files that hold secrets or what only a developer needs; they never get into an image. */
const never = /(?:^|\/)(?:\.|_)|\.(?:env|pem|key|p12|pfx|go|mod|sum|log|db|sqlite3?)$|(?:^|\/)(?:id_rsa|id_ed25519|node_modules|vendor)/

/**
 * Folders and files of the repository that the files open by name while they run: the arguments of calls that open files, and
 * texts that can be nothing but a path (`./web/static`, `file://migrations`, `config.yml` where there is such a file), and what an own Dockerfile
 * puts beside the program. What is embedded is left out. Sorted, none inside another; folders end in a slash.
 */
export function openedPaths(tree: Tree, files: readonly GoFile[]): readonly NamedPath[] {
  const embedded = embeddedPaths(tree, files).map((e) => e.path.replace(/\/$/, ''))
  const named = new Map<string, NamedPath>()
  const add = (text: string, because: () => Evidence): void => {
    const path = placeOf(tree, text)
    if (path === undefined || named.has(path) || embedded.some((e) => e === '.' || isInside(path, e) || isInside(e, path))) return
    named.set(path, { path, because: because() })
  }
  for (const { file, text, at } of files.filter((f) => !generated.test(f.text)).flatMap((f) => spots(tree, f)))
    add(text, () => evidenceAt(file.file, file.text, at))
  for (const { path, to, because } of carried(tree)) if (to === `/app/${path}`) add(path, () => because)
  const all = [...named.values()]
  return all
    .filter((a) => !all.some((b) => b !== a && isInside(a.path, b.path)))
    .map((a) => (tree.folders.has(a.path) ? { ...a, path: `${a.path}/` } : a))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

interface Spot {
  readonly file: GoFile
  readonly text: string
  readonly at: number
}

function spots(tree: Tree, file: GoFile): readonly Spot[] {
  const said: Spot[] = []
  for (const call of file.code.matchAll(opens)) {
    const start = call.index + call[0].length
    const args = argumentsAt(file.code, start)
    for (const m of args.matchAll(literal)) said.push({ file, text: m[1] ?? m[2] ?? '', at: start + m.index })
  }
  for (const m of file.code.matchAll(nameSet))
    for (const ending of settingsEndings) said.push({ file, text: `${m[1]}.${ending}`, at: m.index })
  for (const m of file.code.matchAll(joining)) said.push({ file, text: m[1] ?? '', at: m.index })
  for (const m of file.code.matchAll(literal)) {
    const text = m[1] ?? m[2] ?? ''
    if (/^(?:\.\/|file:\/\/)/.test(text) || isUsual(tree, text) || (/\.\w+$/.test(text) && tree.files.has(text)))
      said.push({ file, text, at: m.index })
  }
  return said
}

/** Not where its files are those of a program: packages, or what Node.js makes a front end from. */
function isUsual(tree: Tree, text: string): boolean {
  const isSource = (file: string): boolean => file.endsWith('.go') || file === `${text}/package.json`
  return usual.test(text) && tree.folders.has(text) && ![...tree.files].some((file) => isInside(file, text) && isSource(file))
}

/** What stands between a call's parentheses. */
function argumentsAt(code: string, start: number): string {
  const text = code.slice(start, start + longestCall)
  let depth = 1
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')' && --depth === 0) return text.slice(0, i)
  }
  return text
}

/** The place in the repository that a text names, of what may get into an image. */
export function placeOf(tree: Tree, text: string): string | undefined {
  const path = joined('.', fixedPart(text.replace(/^file:\/\//, '')))
  if (text.startsWith('/') || path === undefined || path === '.' || never.test(path)) return undefined
  if (tree.files.has(path)) return path
  return tree.folders.has(path) && [...tree.files].some((f) => isInside(f, path) && !never.test(f)) ? path : undefined
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}
