import type { Site } from '../../model/assets.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { evidenceAt } from '../search.ts'
import type { Words } from '../shell.ts'
import { angularOutput, type Named } from './angular.ts'
import { inComment } from './code.ts'
import type { Context } from './command.ts'
import type { SiteTool } from './site-tools.ts'

/** What is known of a tool in a repository. */
export interface Told {
  readonly context: Context
  readonly tool: SiteTool
  /** Files of its settings. */
  readonly settings: readonly Text[]
  /** The commands that run it. */
  readonly commands: readonly Words[]
  /** Where the script is that builds. */
  readonly script: Evidence
}

interface Text {
  readonly file: string
  readonly text: string
}

/** The files of a tool's settings. */
export function settingsOf(tree: Tree, { config }: SiteTool): readonly Text[] {
  return [...tree.texts].filter(([file]) => config.test(file)).map(([file, text]) => ({ file, text }))
}

/** Where settings name something, whatever they give it. */
export function keyIn(settings: readonly Text[], key: string): Evidence | undefined {
  const pattern = new RegExp(String.raw`(?<![\w.])${key}["']?\s{0,9}:`, 'g')
  return settings.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].filter(({ index }) => !inComment(text, index)).map(({ index }) => evidenceAt(file, text, index)),
  )[0]
}

/** The folder from which the tool counts, where that may be another one than the root: what its command is given, or `root` of its settings. Undefined when it is not in the repository. */
export function rootOf({ tool, settings, commands }: Told): string | undefined {
  if (tool.rooted !== true) return '.'
  const given = commands.flatMap((words) => words[words.indexOf('build') + 1] ?? []).find((word) => /^[\w./]/.test(word))
  return joined('.', given ?? valueIn(settings, 'root')?.folder ?? '.')
}

/** A path, seen from a folder of the repository. */
export function inRoot(root: string, path: string): string {
  return joined(root, path) ?? path
}

// No more than a plain folder of the repository's own is copied into an image.
const plain = /^\.?\w[\w@-]*(?:[.]\w[\w@-]*)*(?:\/\.?\w[\w@-]*(?:[.]\w[\w@-]*)*)*$/

/** The folder that is made: the command or the settings name it, else it is the tool's usual one. Undefined when it is none of the repository's own. */
export function folderOf(told: Told, root: string): Named | undefined {
  const { tool, script } = told
  const named = namedBy(told) ?? (isAngular(tool) ? undefined : { folder: tool.usual, because: script })
  const folder = named && joined(root, named.folder)
  return folder === undefined || named === undefined || !plain.test(folder) ? undefined : { folder, because: named.because }
}

function namedBy({ context, tool, settings, commands, script }: Told): Named | undefined {
  const flagged = flaggedIn(commands, tool.flag)
  if (isAngular(tool)) return angularOutput(context.tree, flagged)
  if (flagged !== undefined) return { folder: flagged, because: script }
  if (tool.key !== undefined) return valueIn(settings, tool.key)
  return tool.packages.includes('nuxt') && isOldNuxt(context) ? { folder: 'dist', because: script } : undefined
}

function isAngular({ packages }: SiteTool): boolean {
  return packages.includes('@angular/core')
}

function isOldNuxt({ manifest: { dependencies, devDependencies } }: Context): boolean {
  return /^\D{0,2}[12]\./.test(dependencies['nuxt'] ?? devDependencies['nuxt'] ?? '')
}

/** `--outDir=site`, `--outDir site`. */
function flaggedIn(commands: readonly Words[], flag: RegExp | undefined): string | undefined {
  if (flag === undefined) return undefined
  return commands.flatMap((words) => words.flatMap((word, i) => (flag.test(word) ? (flag.exec(word)?.[1] ?? words[i + 1] ?? []) : [])))[0]
}

/** A path that settings give a name: a text, or the call that joins one, which may count from the folder of its file. */
function valueIn(settings: readonly Text[], key: string): Named | undefined {
  const value = String.raw`(["'\x60])((?:(?!\1)[^$\n]){1,200})\1|(?:path\.)?(?:resolve|join)\(([^()\n]{1,200})\)`
  const inProduction = String.raw`(?:[^,;\n{}]{1,80}===?\s{0,9}["']production["']\s{0,9}\?\s{0,9})?`
  const pattern = new RegExp(String.raw`(?<![\w.])${key}["']?\s{0,9}:\s{0,9}${inProduction}(?:${value})`, 'g')
  for (const { file, text } of settings) {
    const match = [...text.matchAll(pattern)].find(({ index }) => !inComment(text, index))
    if (match === undefined) continue
    const [, , quoted, call = ''] = match
    const parts = [...call.matchAll(/["'`]([^"'`]+)["'`]/g)].map(([, part = '']) => part)
    const from = call.includes('__dirname') || call.includes('dirname') ? file.split('/').slice(0, -1).join('/') : ''
    return { folder: quoted ?? joined(from, parts.join('/')) ?? '..', because: evidenceAt(file, text, match.index) }
  }
  return undefined
}

/** The page that answers what has no file: everywhere in an app of one page, else where SvelteKit's static adapter is told of one. */
export function fallbackOf({ tool, settings }: Told): string | undefined {
  if (tool.pages !== true) return 'index.html'
  const page = tool.packages.includes('@sveltejs/kit') ? valueIn(settings, 'fallback')?.folder : undefined
  return page !== undefined && page !== '404.html' && /^\w[\w-]*\.html$/.test(page) ? page : undefined
}

/** The path below which the files ask for each other, when that is not the root of the server. */
export function baseOf({ context, tool, settings }: Told): NonNullable<Site['base']> | undefined {
  const { evidence, homepage = '' } = context.manifest
  const home = { folder: homepage.replace(/^https?:\/\/[^/]+/, ''), because: evidence('homepage') }
  const named = tool.base === undefined ? home : valueIn(settings, tool.base)
  if (named === undefined || (named === home && !tool.packages.includes('react-scripts'))) return undefined
  const [, inner] = /^\/((?:\w[\w-]*(?:[.]\w[\w-]*)*\/)*\w[\w-]*(?:[.]\w[\w-]*)*)\/?$/.exec(named.folder) ?? []
  return inner === undefined ? undefined : { path: `/${inner}/`, because: named.because }
}
