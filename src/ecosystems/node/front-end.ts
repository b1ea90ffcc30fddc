import type { Notice } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import type { NotBuilt } from '../lacking.ts'
import { seenFrom } from '../seen-from.ts'
import { split, type Words } from '../shell.ts'
import { findBuild, namedOutputs, usualOutputs } from './build.ts'
import type { Context } from './command.ts'
import { installNotices } from './install.ts'
import { type Manifest, parseManifest } from './manifest.ts'
import { outputsIn } from './output-paths.ts'
import { contextOf, packageOf } from './package.ts'
import { buildPaths } from './paths.ts'
import { nodeRelease } from './release.ts'
import { expanded } from './script-commands.ts'
import { inFolder, neededBy } from './workspace-build.ts'

/** A package that makes files for browsers, seen from its own folder. */
export interface FrontEnd {
  readonly manifest: Manifest
  /** Folders and files that its scripts and the settings of their tools name as what they make. */
  readonly named: readonly string[]
  /** Files for browsers that its scripts name, those that they read among them. */
  readonly written: readonly string[]
  /** Those that its tools make without being told. */
  readonly usual: readonly string[]
  /** The settings of its tools, and the programs that its scripts run. */
  readonly texts: readonly string[]
}

const settings =
  /^(?:(?:vite|webpack|rspack|rollup|rolldown|esbuild|astro|svelte|vue|next|nuxt|parcel|gulpfile|build)[\w.-]*\.[cm]?[jt]s|webpack\/[\w.-]+\.js)$/
const developing = /dev|watch|start|serve|test|lint|format|storybook/
const building = /^(?:build|bundle|dist|release|production|prod)(?:[:-]|$)|^(?:heroku-postbuild|generate)$/

/** What a package.json makes, by what its scripts and the settings of its tools say; nothing when no script of it builds. */
export function frontEndOf(tree: Tree, manifest: Manifest): FrontEnd | undefined {
  const scripts = Object.entries(manifest.scripts).filter(([name]) => building.test(name))
  if (scripts.length === 0) return undefined
  const lines = Object.entries(manifest.scripts).flatMap(([name, text]) => (developing.test(name) ? [] : split(text)))
  const run = new Set(lines.flat().map((word) => word.replace(/^\.\//, '')))
  const texts = [...tree.texts].filter(([file]) => settings.test(file) || run.has(file)).map(([, text]) => text)
  const said = texts.flatMap(outputsIn)
  const text = scripts.map(([, line]) => line).join('\n')
  const usual = usualOutputs.flatMap(([tool, folder]) => (tool.test(text) ? [folder] : []))
  return { manifest, named: paths([...lines.flatMap(namedOutputs), ...said]), written: paths(lines.flatMap(written)), usual, texts }
}

/** `sass a.scss b.css` */
function written(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => /^(?:[\w./-]+:)?([\w./-]+\.(?:css|js))$/.exec(word)?.[1] ?? [])
}

function paths(all: readonly string[]): readonly string[] {
  const bare = all.map((path) => path.replace(/^(?:\.\/)+|\/+$/g, ''))
  return [...new Set(bare)].filter((path) => /^(?:\.\.\/)*\.?[\w@][\w@.-]*(?:\/[\w@.-]+)*$/.test(path))
}

interface Built {
  readonly package: ReturnType<typeof packageOf>
  readonly release: string | undefined
  readonly script: string
  readonly notices: readonly Notice[]
}

/**
 * The package as it is installed and built; `script` in place of the likeliest one. A text says why it is not; a Problem is thrown when it
 * cannot be.
 */
export function builtPackage(tree: Tree, script: string | undefined): Built | NotBuilt | undefined {
  const context = contextOf(tree, tree.texts.get('package.json') ?? '')
  return built(context, context, script, (commands) => ({ commands, paths: buildPaths(tree, '', true) }))
}

/** The same of a member of a workspace whose root builds nothing, after the members that it needs; undefined where it is no member. */
export function builtMember(tree: Tree, folder: string, script: string | undefined): Built | NotBuilt | undefined {
  const root = contextOf(tree, tree.texts.get('package.json') ?? '')
  const members = root.lock.members.map((at) => ({ folder: at, manifest: manifestIn(tree, at) }))
  const member = members.find((one) => one.folder === folder)
  if (member === undefined) return undefined
  const needed = neededBy(member, members, root.manifest, true).slice(0, -1)
  const own = { ...root, tree: seenFrom(tree, folder), manifest: member.manifest }
  return built(root, own, script, (commands) => ({
    commands: [
      ...needed
        .filter((one) => 'build' in one.manifest.scripts)
        .map((one) => inFolder(root.manager, one.folder, [root.manager, 'run', 'build'])),
      ...commands.map((words) => inFolder(root.manager, folder, words)),
    ],
    paths: [
      ...needed.map((one) => one.folder),
      folder,
      ...buildPaths(tree, '', true).filter((path) => tree.files.has(path) && /\.(?:[cm]?[jt]s|json)$|^\.\w+rc$/.test(path)),
    ].sort(),
  }))
}

function manifestIn(tree: Tree, folder: string): Manifest {
  return parseManifest(tree.texts.get(`${folder}/package.json`) ?? '{}', `${folder}/package.json`)
}

/** What `own` builds, with what is installed where `root` is; `placed` says how the commands are run from there, and what they read. */
function built(
  root: ReturnType<typeof contextOf>,
  own: Context,
  script: string | undefined,
  placed: (commands: readonly Words[]) => { readonly commands: readonly Words[]; readonly paths: readonly string[] },
): Built | NotBuilt | undefined {
  const found = findBuild(own, undefined)
  const commands = script === undefined ? found.commands : [[own.manager, 'run', script]]
  const [first] = commands
  if (first === undefined) return undefined
  const tool = missingTool(own, first)
  if (tool !== undefined)
    return {
      message: `The script ${first.at(-1)} calls ${tool}, which no package of the lockfile brings.`,
      file: 'package.json',
      fix:
        tool === 'make'
          ? 'Have the script call what the Makefile calls: the image that builds holds no make.'
          : `Add it, so that the build does not count on what is installed elsewhere: npm install --save-dev ${tool}`,
    }
  const { commands: run, paths } = placed(commands)
  return {
    package: packageOf(root, { ...found, commands: run, outputs: [], guessed: [] }, paths),
    release: (nodeRelease(own.tree, own.manifest).release ?? nodeRelease(root.tree, root.manifest).release)?.value,
    script: first.at(-1) ?? '',
    notices: installNotices(root.tree, root.lock, root.manifest),
  }
}

// What every image has, or a shell itself.
const anywhere = new Set(
  'node npm npx yarn pnpm sh bash cd cp mv rm mkdir touch cat echo printf test true exit export set find sed env ln tar'.split(' '),
)

/** A program that a command calls and no package brings, where the lockfile names programs. */
function missingTool(context: Context, words: Words): string | undefined {
  const brought = new Set(context.lock.packages.flatMap(({ programs }) => [...programs.keys()]))
  if (brought.size === 0) return undefined
  const called = expanded(context, words).map(([tool = '']) => tool)
  return called.find((tool) => /^[a-z][\w-]*$/.test(tool) && !anywhere.has(tool) && !brought.has(tool))
}
