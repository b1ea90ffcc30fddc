import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'

const code = /\.[cm]?[jt]sx?$/
// No browser reads TypeScript: below `static` it is code of the program.
const beside =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|e2e|cypress|integration_tests|fixtures|examples?|docs?|stories|client|frontend|public|scripts|extras?|seeds?|seeders|migrations|vendor)\/|(?:^|\/)(?:static|assets)\/.*(?<!\.[cm]?ts)$|\.(?:test|spec|stories|config|d|min)\.[cm]?[jt]sx?$|(?:^|\/)(?:[gG]ulpfile|[gG]runtfile|webpack|karma|jest|rollup|vite|knexfile)[^/]*$/
const likely = /(?:^|\/)(?:server|index|app|main|www|config|env|bootstrap)[^/]*$/

const settingsModule = /^(?:src|app|server|lib|config)\/(?:[\w-]+\/){0,6}[\w-]+\.config\.[cm]?[jt]s$/

// A repository with more files than this is read by likelihood, up to here.
const mostFiles = 400
const mostMatches = 40

/** Files of the program's own code. */
export interface Sources {
  /** The start file, or the source that it is built from. */
  readonly entry: readonly string[]
  /** All, the likeliest to tell of the server first. */
  readonly all: readonly string[]
}

/** The program's own source files, for a start file that may still have to be built. */
export function sources(tree: Tree, start: string, outputs: readonly string[]): Sources {
  const path = start.replace(code, '').replace(/\/+$/, '')
  const built = outputs.some((name) => start === name || start.startsWith(`${name}/`))
  const stem = built ? path.split('/').slice(1).join('/') || 'index' : path
  const rank = (file: string): number => {
    const bare = file.replace(code, '')
    const isEntry = file === start || bare === stem || bare === `${stem}/index` || (built && bare.split('/').slice(1).join('/') === stem)
    return isEntry ? 0 : (likely.test(file) ? 2 : 4) + file.split('/').length / 100
  }
  const own = [...tree.texts.keys()].filter((file) => file === start || (code.test(file) && !beside.test(file)))
  const ranked = [...own, ...importedScripts(tree, own)]
    .map((file) => ({ file, rank: rank(file) }))
    .sort((a, b) => a.rank - b.rank || (a.file < b.file ? -1 : 1))
    .slice(0, mostFiles)
  return { entry: ranked.filter((e) => e.rank === 0).map((e) => e.file), all: ranked.map((e) => e.file) }
}

const inScripts = /^(?:.+\/)?(scripts\/(?:[\w-]+\/)*[\w.-]+?)\.[cm]?[jt]s$/

/** Files of folders called `scripts` that the program's own code loads. */
function importedScripts(tree: Tree, own: readonly string[]): readonly string[] {
  const found = [...tree.texts.keys()].flatMap((file) => {
    const name = inScripts.exec(file)?.[1]
    return name === undefined || own.includes(file) ? [] : [{ file, name }]
  })
  if (found.length === 0) return []
  const loaded = new Set(own.flatMap((file) => [...(tree.texts.get(file) ?? '').matchAll(loading)].map(([, name = '']) => name)))
  return found.filter(({ name }) => loaded.has(name)).map(({ file }) => file)
}

const loading = /\b(?:require\(|from|import\()\s{0,4}['"]\.{1,2}\/(?:[\w./-]{0,80}\/)?(scripts\/[\w./-]{1,80}?)(?:\.[cm]?[jt]s)?['"]/g

/** The same with settings modules such as `src/config/database.config.ts`, which tell nothing of the server. */
export function withSettings(tree: Tree, files: readonly string[]): readonly string[] {
  return [...files, ...[...tree.texts.keys()].filter((file) => settingsModule.test(file))]
}

/** A match outside of comments. */
export interface Hit {
  readonly value: string
  readonly text: string
  readonly evidence: Evidence
}

/** Matches of a global pattern in the files, in their order; `value` is the first group that matched. */
export function* hits(tree: Tree, files: Iterable<string>, pattern: RegExp): Generator<Hit> {
  for (const file of files) {
    const text = tree.texts.get(file)
    if (text === undefined) continue
    let tried = 0
    for (const match of text.matchAll(pattern)) {
      if (++tried > mostMatches) break
      if (!inComment(text, match.index)) {
        yield {
          value: match.slice(1).find((group) => group !== undefined) ?? '',
          text: match[0],
          evidence: evidenceAt(file, text, match.index),
        }
      }
    }
  }
}

/** The first match outside of comments. */
export function firstHit(tree: Tree, files: Iterable<string>, pattern: RegExp): Hit | undefined {
  return hits(tree, files, pattern).next().value ?? undefined
}

/** Whether an offset lies in a comment. */
export function inComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  if (/^\s*(?:\/\/|#|\*\s)|(?:^|[^:'"`])\/\//.test(line)) return true
  const opened = text.lastIndexOf('/*', offset)
  // `src/**/*.js` and `*/*` open nothing.
  return opened !== -1 && !/[\w*'"`]/.test(text[opened - 1] ?? ' ') && text.indexOf('*/', opened + 2) >= offset
}
