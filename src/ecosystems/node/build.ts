import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { topOf } from '../search.ts'
import { split, type Words } from '../shell.ts'
import { clientsOf } from './client-builds.ts'
import type { Context, Start } from './command.ts'
import { installed } from './lock.ts'
import { asksDatabase, expanded, runnable, scriptOf, withoutDatabase } from './script-commands.ts'
import { inTree } from './start.ts'

/** How the program, or files that it serves, are built. */
export interface Build {
  readonly commands: readonly Words[]
  readonly environment: Readonly<Record<string, string>>
  /** The build asks the network for something that is not a package. */
  readonly fetches: boolean
  /** It loads the program's own code. */
  readonly loads: boolean
  /** Folders at the root that its commands and settings name. */
  readonly named: readonly string[]
  /** Folders at the root that it makes and the repository does not hold. */
  readonly outputs: readonly string[]
  /** Those of them that it may well not make. */
  readonly guessed: readonly string[]
  /** Its script changes the tables of a database too, which the commands do not. */
  readonly migrates?: Evidence
}

/** Nothing of Nx stays in the background of a build, draws on a screen that is not there, or asks its service for what others built. */
export const quietNx = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' }

const nothing: Build = { commands: [], environment: {}, fetches: false, loads: false, named: [], outputs: [], guessed: [] }

// Scripts that build, the likeliest first; the last ones are npm's own hooks, which do not run while install scripts are off.
const buildScripts =
  'build:prod build:production build-prod build compile build:server build:ts build-ts transpile tsc dist bundle heroku-postbuild prestart postinstall prepare'.split(
    ' ',
  )
// Those of a program that names the build of its pages apart.
const frontEnds = ['build:frontend', 'build:client', 'build:web', 'build:ui']
const builders = new Set(
  'tsc tsup tsdown babel swc esbuild rollup rolldown webpack vite parcel nest next nuxt nx gulp grunt sass node-sass postcss tailwindcss ncc unbuild'.split(
    ' ',
  ),
)
const buildName = /build|compile|bundle|transpile|s?css|sass|less|assets|webpack|tsc|client|copy/i
const noBuild =
  /^\s*(?:echo|exit|true|:)(?:\s|$)|\bdocker\b|\b(?:husky|patch-package|electron-builder|is-ci|ngrok)\b|^\s*(?:npm|yarn|pnpm) (?:ci|i|install)\b[^&;]*$/

/** Tools that write into a folder of their own choice. */
export const usualOutputs: readonly (readonly [tool: RegExp, folder: string])[] = [
  [/\bnext build\b/, '.next'],
  [/\bnuxt(?:i)? build\b/, '.output'],
  [/\bnuxt generate\b/, 'dist'],
  [/\b(?:react-scripts|remix|react-router|remix-vite:build) build\b|\bremix vite:build\b/, 'build'],
  [/\b(?:vite|vite build|webpack|parcel|tsup|tsdown|unbuild|nest|rollup|ncc|astro)\b/, 'dist'],
]
const outputFlag = /^--?(?:out-?dir|outdir|output|output-path|output-dir|dist-dir|dir|d|o|outfile|out-file|out)(?:=(.*))?$/i
const outputName = /^\.?[\w][\w.-]*$/

/** What has to be run before the start file can be started. */
export function findBuild(context: Context, start: Start | undefined): Build {
  const exists = start !== undefined && inTree(context.tree, start.file)
  const commands = buildCommands(context, start, exists)
  if (commands.length === 0) return nothing
  const texts = commands.flatMap((words) => expanded(context, words))
  const named = texts.flatMap((words) => namedOutputs(words))
  const typed = texts.some((words) => ['tsc', 'tsup', 'nest', 'ace'].some((tool) => words.includes(tool))) ? tsconfigOutput(context) : []
  const started = start === undefined ? [] : [...(exists ? [] : [start.file]), ...start.args.filter((arg) => arg.includes('/'))]
  const inPlace =
    typed.length === 0 && started.some((file) => !file.includes('/') && /\.[cm]?js$/.test(file)) ? compiledAtRoot(context) : []
  const sure = usable(context, [...started, ...inPlace, ...named, ...typed])
  const line = texts.map((words) => words.join(' ')).join('\n')
  const usual = usualOutputs.filter(([tool]) => tool.test(line)).map(([, folder]) => folder)
  const guessed = usable(context, [...usual, ...configured(context), ...mentioned(context)]).filter((name) => !sure.includes(name))
  const clients = clientsOf(context, texts, start)
  const webpacks = [installed(context.lock, 'webpack')?.version ?? '', ...clients.webpacks]
  const script = buildScript(context, exists)
  return {
    commands: [...clients.before, ...commands, ...clients.after],
    environment: {
      // webpack 4 hashes with an algorithm that the OpenSSL of today's Node.js refuses.
      ...(webpacks.some((version) => /^[1-4]\./.test(version)) ? { NODE_OPTIONS: '--openssl-legacy-provider' } : {}),
      ...(/\b(?:nx|lerna)\b/.test(line) ? quietNx : {}),
    },
    fetches: clients.fetches || fetchers.some((name) => isDirect(context, name)) || asksForFonts(context),
    loads: /\bnext build\b/.test(line),
    named: [...named, ...typed].map(topName),
    outputs: [...sure, ...guessed].sort(),
    guessed,
    ...(script !== undefined && asksDatabase(context, script) && { migrates: context.manifest.evidence('scripts', script) }),
  }
}

// Bring fonts from elsewhere while building.
const fetchers = ['@nuxtjs/google-fonts', '@nuxt/fonts', 'vite-plugin-webfont-dl']

function isDirect({ manifest }: Context, name: string): boolean {
  return name in manifest.dependencies || name in manifest.devDependencies
}

/** Next.js where its code does; Angular writes the fonts of its page into it. */
function asksForFonts(context: Context): boolean {
  const texts = [...context.tree.texts]
  return (
    texts.some(([, text]) => text.includes('next/font/google')) ||
    (isDirect(context, '@angular/core') &&
      texts.some(
        ([file, text]) => /(?:^|\/)index\.html$/.test(file) && /\bhttps:\/\/(?:fonts\.googleapis\.com|use\.typekit\.net)\//.test(text),
      ))
  )
}

/** The commands before the program that do not build: a person has to know that they are left out. */
export function leftOut(context: Context, start: Start, build: Build): readonly string[] {
  return start.before
    .filter((words) => !builds(context, words) && !build.commands.some((c) => same(c, words)))
    .map((words) => words.join(' '))
}

function buildCommands(context: Context, start: Start | undefined, exists: boolean): readonly Words[] {
  const before = start?.before.filter((words) => builds(context, words)).map((words) => runnable(context, words)) ?? []
  const script = buildScript(context, exists)
  const own = script === undefined ? [] : withoutDatabase(context, script)
  if (before.length > 0) return exists ? distinct([...own, ...before]) : before
  if (own.length > 0 || exists) return own
  const typed =
    context.tree.files.has('tsconfig.json') && 'typescript' in { ...context.manifest.devDependencies, ...context.manifest.dependencies }
  return typed ? [runnable(context, ['tsc'])] : []
}

function buildScript(context: Context, exists: boolean): string | undefined {
  const { scripts } = context.manifest
  const names = exists ? ['build', 'heroku-postbuild', 'postinstall', ...frontEnds] : [...buildScripts, ...frontEnds]
  return names.find((name) => scripts[name] !== undefined && !noBuild.test(scripts[name]) && leadsToBuild(context, name, exists))
}

/** npm's own hooks count only when they build; one beside a program that is there already may only install for a client. */
function leadsToBuild({ manifest }: Context, name: string, exists: boolean): boolean {
  return (
    !/^(?:postinstall|prepare|prestart)$/.test(name) ||
    split(manifest.scripts[name] ?? '').some(
      (w) => builders.has(w[0] ?? '') || w.some((x) => (exists ? /build/i.test(x) : buildName.test(x))),
    )
  )
}

function builds({ manifest }: Context, words: Words): boolean {
  const script = scriptOf(words)
  if (words.some((word) => word.includes('$'))) return false
  if (script === undefined) return builders.has(toolOf(words))
  const text = manifest.scripts[script]
  return text !== undefined && buildName.test(script) && !noBuild.test(text)
}

function toolOf(words: Words): string {
  return (words.find((w) => !['npx', '--no', '--', 'node'].includes(w) && !/^\w+=/.test(w)) ?? '').replace(/^.*\//, '')
}

/** Where settings of vite put what it makes, as seen from the root. */
function configured({ tree }: Context): readonly string[] {
  const settings = [...tree.texts].filter(([file]) => /^(?:[\w-]+\/)?vite\.config\.[cm]?[jt]s$/.test(file))
  return settings.flatMap(([, text]) => /\boutDir["']?\s*:\s*["'`](?:\.{1,2}\/)*([\w][\w./-]*)["'`]/.exec(text)?.[1] ?? [])
}

const mentionable = /['"`](?:\.\/)?(dist|build|public|static)['"`/]/g

/** Usual names of outputs that the program's code mentions: it serves what is in them. */
function mentioned({ tree }: Context): readonly string[] {
  const code = [...tree.texts].filter(([file]) => /\.[cm]?[jt]s$/.test(file) && !/\.(?:test|spec)\./.test(file))
  const names = new Set(code.flatMap(([, text]) => [...text.matchAll(mentionable)].map((m) => m[1] ?? '')))
  return [...names].filter((name) => ![...tree.folders].some((folder) => folder.endsWith(`/${name}`)))
}

/** TypeScript at the root that is compiled where it stands. */
function compiledAtRoot({ tree }: Context): readonly string[] {
  return [...tree.files].filter((file) => /^[^/]+(?<!\.d)(?<!\.config)\.ts$/.test(file)).map((file) => file.replace(/\.ts$/, '.js'))
}

export function namedOutputs(words: Words): readonly string[] {
  return words.flatMap((word, i) => {
    const match = word.match(outputFlag)
    return match === null ? [] : [match[1] ?? words[i + 1] ?? '']
  })
}

function tsconfigOutput({ tree }: Context): readonly string[] {
  const files = ['tsconfig.json', 'tsconfig.build.json', 'tsconfig.prod.json']
  return files.flatMap((file) => tree.texts.get(file)?.match(/"outDir"[ \t]*:[ \t]*"([^"\n]{1,200})"/)?.[1] ?? [])
}

/** Names at the root that the repository itself does not hold. */
function usable({ tree }: Context, paths: readonly string[]): readonly string[] {
  const names = paths.map(topName)
  return [...new Set(names)].filter((name) => outputName.test(name) && name !== 'node_modules' && !holds(tree, name)).sort()
}

function topName(path: string): string {
  return topOf(path.replace(/^(?:\.\/)+/, ''))
}

/** Whether the repository has anything under a name: of a folder whose files git ignores only the name is seen. */
export function holds(tree: Tree, name: string): boolean {
  if (tree.files.has(name)) return true
  return tree.folders.has(name) && [...tree.files].some((file) => file.startsWith(`${name}/`))
}

function same(a: Words, b: Words): boolean {
  return a.join('\0') === b.join('\0')
}

function distinct(all: readonly Words[]): readonly Words[] {
  return all.filter((words, i) => all.findIndex((other) => same(other, words)) === i)
}
