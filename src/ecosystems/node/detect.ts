import type { NodeApp, Notice, Question } from '../../model/app.ts'
import { Problem } from '../../model/problem.ts'
import type { Process } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import { whereElse } from '../elsewhere.ts'
import { optional } from '../optional.ts'
import { ownEnvironment } from '../own-environment.ts'
import { ownFolders, withOwnVolumes } from '../own-volumes.ts'
import { present } from '../search.ts'
import { type Build, findBuild, holds, leftOut } from './build.ts'
import { sources, withSettings } from './code.ts'
import { type Context, fromScript, type Start } from './command.ts'
import { findFileDatabase } from './file-database.ts'
import { adapterFor } from './framework.ts'
import { findHome } from './home.ts'
import { installNotices } from './install.ts'
import type { Manifest } from './manifest.ts'
import { metadata } from './metadata.ts'
import { isMigration, readBy } from './migrations.ts'
import { contextOf, packageOf } from './package.ts'
import { buildPaths, loadedBeside, placedBy, runPaths } from './paths.ts'
import { findProcesses, migrationNotices } from './processes.ts'
import { bare } from './programs.ts'
import { nodeRelease } from './release.ts'
import { findServer, localNotices } from './server.ts'
import { findServices } from './services.ts'
import { asSite, findSite } from './site.ts'
import { findFromSource, findStarts, inTree, onlyForBrowsers, withOwnCompiler } from './start.ts'
import { throwawayValues } from './throwaway.ts'
import { calledTools } from './tools.ts'
import { findVariables } from './variables.ts'
import { findVariablesFile, variablesFileNotices } from './variables-file.ts'
import { workspaceApp } from './workspace.ts'
import { findWritable, writableNotices } from './writes.ts'

// Packages that say what a program is made with.
const frameworks: Readonly<Record<string, string>> = {
  '@adonisjs/core': 'adonis',
  express: 'express',
  fastify: 'fastify',
  '@hapi/hapi': 'hapi',
  hono: 'hono',
  koa: 'koa',
  '@nestjs/core': 'nest',
  next: 'next',
  nuxt: 'nuxt',
  '@sveltejs/kit': 'sveltekit',
}

/** The Node.js app whose package.json stands at the root; of a workspace the program that `start` names, or that it starts itself. */
export function detectNode(tree: Tree, start?: string): NodeApp | undefined {
  const text = tree.texts.get('package.json')
  if (text === undefined) return unreadable(tree)
  const context = contextOf(tree, text)
  return workspaceApp(context, start, { start: (one) => pickStart(one, findStarts(one)), app: appOf }) ?? appOf(context)
}

/** What one package is. */
function appOf(context: ReturnType<typeof contextOf>): NodeApp {
  const { tree, manifest, lock } = context
  const starts = findStarts(context)
  const start = withOwnCompiler(context, pickStart(context, starts))
  const build = findBuild(context, start)
  const exists = start !== undefined && inTree(tree, start.file)
  const found = sources(tree, start?.file ?? '', exists ? [] : build.outputs)
  const server = findServer(tree, manifest, start, found)
  const wanted = findVariablesFile(tree, found.all)
  const release = nodeRelease(tree, manifest)
  const placed = placedBy(start?.file ?? '', exists)
  const code = withSettings(tree, found.all)
  const texts = code.map((path) => tree.texts.get(path) ?? '')
  const home = findHome(tree, found.all)
  const environment = {
    ...home.environment,
    ...ownEnvironment(tree, texts),
    ...server.environment,
    ...start?.environment,
    ...ownFolders(tree, texts),
  }
  const read = findVariables(tree, code, Object.keys(environment))
  const needs = findServices(tree, manifest, code, read)
  const file = needs.inFile ? findFileDatabase(tree, read) : undefined
  const variables = file?.variables ?? read
  const writable = withOwnVolumes(tree, [...findWritable(tree, found.all, placed, build.outputs), ...(file?.writable ?? home.writable)])
  const processes = findProcesses(context, start, build.outputs, needs.inFile)
  const tools = calledTools(manifest)
  const loaded = loadedBeside(tree, code)
  const site = start === undefined && starts.every((s) => isMain(manifest, s)) ? findSite(context, build) : undefined
  const throwaway = build.loads ? throwawayValues(tree, code, variables, needs.services) : {}
  const building = [...release.notices, ...installNotices(tree, lock, manifest)]
  const app: NodeApp = {
    ecosystem: 'node',
    because: [present('package.json')],
    found: {
      ...metadata(manifest),
      ...optional('release', release.release),
      ...optional('port', server.port),
      ...optional('health', server.health),
      ...(start === undefined ? {} : { start: { value: start.file, from: 'detected', because: start.because } }),
    },
    questions: questions(context, starts[0]),
    notices: [
      ...building,
      ...localNotices(server.local),
      ...variablesFileNotices(wanted),
      ...startNotices(context, start, build, processes),
      ...migrationNotices(context, build, processes),
      ...writableNotices(writable),
      ...needs.notices,
    ],
    services: needs.services,
    variables,
    processes,
    frameworks: Object.entries(frameworks).flatMap(([name, short]) => (name in manifest.dependencies ? [short] : [])),
    ...packageOf(
      context,
      { ...build, environment: { ...build.environment, ...throwaway } },
      buildPaths(tree, start?.file ?? '', exists, loaded),
    ),
    dependencies: {
      // In a workspace those of its members are installed with the others.
      production:
        Object.keys(manifest.dependencies).length > 0 ||
        (lock.members.length > 0 && lock.packages.some((p) => !p.dev && p.path.includes('node_modules/'))),
      development: Object.keys(manifest.devDependencies).length > 0,
    },
    runsDevelopment: start?.needs.some((name) => !(name in manifest.dependencies)) ?? false,
    flags: start?.flags ?? [],
    args: start?.args ?? [],
    environment,
    portVariable: server.portVariable,
    ...(server.local && { local: true }),
    ...(wanted && { wantsFile: true }),
    ...(build.commands.length > 0 ? fromSource(context) : {}),
    writable,
    ...(tools.length > 0 ? { tools } : {}),
    runPaths: runPaths(tree, build.commands.length > 0 && !exists, build.outputs, [
      ...used(context, start),
      ...usedBy(context, processes),
      ...loaded,
    ]),
  }
  return site === undefined ? app : asSite(app, site, context, building)
}

/** A start that `main` names: packages for browsers have one too. */
function isMain(manifest: Manifest, { because: [seen] }: Start): boolean {
  return manifest.main !== undefined && seen?.line === manifest.evidence('main').line
}

function fromSource(context: Context): Pick<NodeApp, 'fromSource'> {
  const start = findFromSource(context)
  if (start === undefined) return {}
  const { file, flags, args, environment } = start
  return { fromSource: { file, flags, args, environment } }
}

function unreadable(tree: Tree): undefined {
  const reason = tree.unread.get('package.json')
  if (reason === undefined) return undefined
  throw new Problem({
    code: 'package-json-invalid',
    exit: 1,
    message: `package.json cannot be read: ${reason}.`,
    file: 'package.json',
    fix: 'Mend the file, then run the command again.',
  })
}

/** The first way to start whose file is there or will be built; one that needs tools of development comes after the others. */
function pickStart(context: Context, starts: readonly Start[]): Start | undefined {
  const { dependencies, devDependencies } = context.manifest
  const able = starts.filter(
    (s) =>
      s.needs.every((name) => name in dependencies || name in devDependencies) && (inTree(context.tree, s.file) || willBeBuilt(context, s)),
  )
  return able.find((s) => s.needs.every((name) => name in dependencies) && !/\.[cm]?tsx?$/.test(s.file)) ?? able[0]
}

/** Whether a build can be expected to make the file: in a folder of its own, or beside the TypeScript it comes from. */
function willBeBuilt(context: Context, start: Start): boolean {
  const { tree } = context
  const build = findBuild(context, start)
  if (build.commands.length === 0) return false
  const top = start.file.split('/', 1)[0] ?? ''
  const stem = start.file.replace(/\.[cm]?js$/, '')
  const isFolder = start.file.includes('/') || stem === start.file
  const inPlace = build.named.length === 0 && ['.ts', '.mts', '.cts', '/index.ts'].some((ending) => tree.files.has(stem + ending))
  return inPlace || (isFolder && (build.named.includes(top) || !holds(tree, top)))
}

/** Files that the start command names, and the folder that the start file is built into when the repository has it already. */
function used({ tree }: Context, start: Start | undefined): readonly string[] {
  if (start === undefined) return []
  const named = [...start.flags, ...start.args].map(bare).filter((path) => inTree(tree, path) || tree.folders.has(path))
  const own = start.file.startsWith('node_modules/') ? [] : [start.file]
  const loader =
    start.needs.length > 0 || start.flags.some((flag) => flag.includes('tsconfig-paths'))
      ? ['tsconfig.json', '.babelrc', 'babel.config.js']
      : []
  return [...named, ...own, ...loader]
}

/** What the other programs name, and what their tools read. */
function usedBy({ tree }: Context, processes: readonly Process[]): readonly string[] {
  const words = processes.flatMap((p) => p.argv.map(bare))
  const packages = words.flatMap((word) => /^node_modules\/([\w.-]+|@[\w.-]+\/[\w.-]+)\//.exec(word)?.[1] ?? [])
  return [...words.filter((path) => inTree(tree, path) || tree.folders.has(path)), ...readBy(tree, packages)]
}

function questions(context: Context, start: Start | undefined): readonly Question[] {
  return [
    {
      key: 'start',
      why: `No file was found that node could start.${whyNone(context.manifest, start)}${elsewhere(context, start)}`,
      candidates: start === undefined ? [] : [{ value: start.file, because: [context.manifest.evidence('scripts')] }],
    },
  ]
}

function elsewhere({ tree, lock: { members } }: Context, start: Start | undefined): string {
  if (start !== undefined) return ''
  const [first, ...others] = members
  if (first === undefined) return whereElse(tree.files)
  return ` The root of a workspace was looked at; a program may lie in ${first}${others.length > 0 ? ` or one of ${others.length} more` : ''}.`
}

function whyNone(manifest: Manifest, start: Start | undefined): string {
  if (start !== undefined) return ` npm start leads to ${start.file}, which is neither in the repository nor made by a build script.`
  const adapter = adapterFor(manifest)
  if (adapter !== undefined) return ` The build makes a server for Node.js with ${adapter}, which the settings of the build do not name.`
  const tool = onlyForBrowsers(manifest)
  return tool === undefined ? '' : ` ${tool} makes files for a browser, but no build was found that makes a whole site of them in a folder.`
}

function startNotices(context: Context, start: Start | undefined, build: Build, processes: readonly Process[]): readonly Notice[] {
  if (start === undefined) return []
  const { manifest } = context
  const notices: Notice[] = []
  const migrates = processes.some(({ kind }) => kind === 'once')
  const dropped = leftOut(context, start, build).filter((line) => !(migrates && isMigration(line)))
  if (dropped.length > 0)
    notices.push({
      code: 'start-steps-left-out',
      text: `The start script does more than start the program; the image does not run: ${dropped.join(' && ')}`,
      because: start.because,
      fix: 'Run it as a step of its own when it is needed, such as a migration before the first start.',
    })
  const elsewhere = ['Procfile', 'project.json'].includes(start.because[0]?.file ?? '')
  if (manifest.scripts['start'] !== undefined && fromScript(context, 'start') === undefined && !elsewhere)
    notices.push({
      code: 'start-script-not-followed',
      text: `The start script leads to no file that node could start; ${start.file} is started instead.`,
      because: [manifest.evidence('scripts', 'start'), ...start.because],
      fix: 'When that is the wrong file, name the right one with --start.',
    })
  const development = start.needs.filter((name) => !(name in manifest.dependencies))
  if (development.length > 0)
    notices.push({
      code: 'runs-development-tool',
      text: `The program needs ${development.join(', ')} at run time, so the image holds the dependencies of development too.`,
      because: start.because,
      fix: 'Start what a build script made, or move it from devDependencies to dependencies.',
    })
  return notices
}
