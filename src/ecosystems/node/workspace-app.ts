import type { NodeApp, Notice } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import { exposedPort } from '../exposed.ts'
import { optional } from '../optional.ts'
import { ownEnvironment } from '../own-environment.ts'
import { withOwnVolumes } from '../own-volumes.ts'
import { present, topOf } from '../search.ts'
import { seenFrom, withFiles } from '../seen-from.ts'
import { sources, withSettings } from './code.ts'
import { findFileDatabase } from './file-database.ts'
import { installNotices } from './install.ts'
import { reachable } from './lock.ts'
import type { Manifest } from './manifest.ts'
import { metadata } from './metadata.ts'
import { type contextOf, packageOf } from './package.ts'
import { buildPaths } from './paths.ts'
import { nodeRelease } from './release.ts'
import { findServices } from './services.ts'
import { findSetup } from './setup.ts'
import { findVariables } from './variables.ts'
import { inFolder, neededBy, workspaceBuild } from './workspace-build.ts'
import { frontEndsOf } from './workspace-front-ends.ts'
import { libraryMigrations } from './workspace-migrations.ts'
import type { Delegation, Member } from './workspace-scripts.ts'
import { withAbove, writtenAbove } from './workspace-writes.ts'

type Root = ReturnType<typeof contextOf>

/** A package of a workspace that holds a program. */
export interface Place {
  readonly root: Root
  readonly members: readonly Member[]
  readonly member: Member
  readonly told?: Delegation
}

/** The app that its folder alone shows, as the whole workspace has it: installed with all, built after what it needs, run in its own folder. */
export function lifted(place: Place, inside: Tree, app: NodeApp): NodeApp {
  const { root, members, member, told } = place
  const { folder } = member
  const under = (path: string): string => `${folder}/${path}`
  const own = withFiles(app, (file) =>
    inside.texts.get(file) === root.tree.texts.get(file) && !root.tree.files.has(under(file)) ? file : under(file),
  )
  const code = codeOf(place, inside, app)
  const used = neededBy(member, members, root.manifest, false).slice(0, -1)
  const others = members.filter((one) => one !== member && !used.includes(one))
  const pages = frontEndsOf(root.tree, others, textsOf(root.tree, code))
  const beside = pages.map((one) => one.member)
  const needed = [...new Set([...beside, member].flatMap((one) => neededBy(one, members, root.manifest, true)))].sort(
    (a, b) => Number(a === member) - Number(b === member),
  )
  const built = workspaceBuild(root, needed, app.build.commands, { isTold: told !== undefined, beside })
  const isOutside = (path: string): boolean => path.startsWith('node_modules/') && !isInstalledIn(root, under(path))
  const shared = sharedNeeds(place, code, app)
  const outputs = [...own.outputs.map(under), ...pages.flatMap(({ made }) => made)]
  const writable = withAbove(own.writable, writtenAbove(root.tree, folder, inside, app, outputs, pages), (path) => placed(folder, path))
  const site = own.site && { ...own.site, folder: under(own.site.folder) }
  const libraries = used.map((one) => one.folder)
  const migrations = libraryMigrations(root, folder, site !== undefined || app.processes.some(({ kind }) => kind === 'once') ? [] : used)
  const whole = packageOf(
    root,
    {
      commands: built.commands,
      environment: { ...built.environment, ...own.build.environment },
      fetches: own.build.fetches,
      outputs,
      guessed: own.guessed.map(under),
    },
    built.whole ? buildPaths(root.tree, '', true) : pathsFor(root, members, needed),
  )
  return {
    ...own,
    ...whole,
    folder,
    because: [present(under('package.json'))],
    found: foundFrom(place, own, (file) => (isOutside(file) ? file : under(file))),
    notices: distinct([
      ...(own.found.release === undefined ? nodeRelease(root.tree, root.manifest).notices : []),
      ...installNotices(root.tree, root.lock, root.manifest),
      ...own.notices.filter(({ code }) => !ofRoot.has(code)),
      ...(site === undefined ? shared.notices : []),
      ...migrations.notices,
    ]),
    members: [folder, ...libraries].sort(),
    ...(member.manifest.name === undefined
      ? {}
      : { program: { folder, names: [member.manifest.name, ...(root.manifest.name === undefined ? [] : [root.manifest.name])] } }),
    scripted: whole.scripted.filter(({ name }) => installedFor(root, needed).has(name)),
    setup: [...whole.setup, ...needed.flatMap((one) => setupOf(root, one))],
    folders: [...whole.folders, ...own.folders.map(under), ...needed.map((one) => one.folder)],
    dependencies: { production: true, development: true },
    processes: [
      ...migrations.processes,
      ...own.processes.map((process) => ({
        ...process,
        argv: process.argv.map((word) => (isOutside(word) ? fromFolder(folder, word) : word)),
      })),
    ],
    runPaths: [...own.runPaths.map(under), ...libraries],
    ...(site === undefined
      ? {
          services: shared.services,
          variables: shared.variables,
          environment: { ...shared.environment, ...own.environment },
          writable: withOwnVolumes(root.tree, [
            ...writable,
            ...shared.writable.filter((w) => !own.writable.some(({ path }) => path === w.path)),
          ]),
        }
      : { site }),
  }
}

/** What is found of the package, and what the root says in its place. `placed` names a file from the root. */
function foundFrom({ root, member, told }: Place, own: NodeApp, placed: (file: string) => string): NodeApp['found'] {
  const { start, release, port } = own.found
  const names = [metadata(root.manifest), metadata(member.manifest)]
  const [first, second] = told === undefined ? names : names.toReversed()
  return {
    ...own.found,
    ...first,
    ...second,
    ...optional('release', release ?? nodeRelease(root.tree, root.manifest).release),
    ...optional('port', port ?? (own.site === undefined ? exposedPort(root.tree) : undefined)),
    ...optional('start', start && { ...start, value: placed(start.value), because: [...(told?.because ?? []), ...start.because] }),
  }
}

/** What both the package and the root tell is told once. */
function distinct(notices: readonly Notice[]): readonly Notice[] {
  return notices.filter(({ text }, i) => notices.findIndex((other) => other.text === text) === i)
}

// What only the root of a workspace can tell.
const ofRoot = new Set(['lockfile-missing', 'lockfile-stale', 'npmrc-left-out'])

/** Code of the program and of the packages that it is made with, from the root. */
function codeOf({ root, members, member }: Place, inside: Tree, app: NodeApp): readonly string[] {
  return neededBy(member, members, root.manifest, false).flatMap((one) => {
    const seen = one === member ? inside : seenFrom(root.tree, one.folder)
    const start = one === member ? (app.found.start?.value ?? '') : ''
    return withSettings(seen, sources(seen, start, start === '' ? [] : app.outputs).all).map((file) => `${one.folder}/${file}`)
  })
}

function textsOf(tree: Tree, files: readonly string[]): readonly string[] {
  return files.map((file) => tree.texts.get(file) ?? '')
}

/** What the program and the packages that it is made with read and talk to. */
function sharedNeeds(
  { root, members, member }: Place,
  code: readonly string[],
  app: NodeApp,
): Pick<NodeApp, 'services' | 'variables' | 'environment' | 'writable' | 'notices'> {
  const needed = neededBy(member, members, root.manifest, false)
  const tree = onlyIn(root, members, needed)
  const texts = textsOf(tree, code)
  const environment = ownEnvironment(root.tree, texts)
  const found = findVariables(tree, code, Object.keys({ ...environment, ...app.environment }))
  const known = new Set(app.variables.map(({ name }) => name))
  const read = [...app.variables, ...found.filter(({ name }) => !known.has(name))].sort((a, b) => (a.name < b.name ? -1 : 1))
  const needs = findServices(tree, together(root.manifest, needed), code, read)
  const file = needs.inFile ? findFileDatabase(tree, read) : undefined
  const { services, notices } = needs
  return { services, notices, environment, variables: file?.variables ?? read, writable: file?.writable ?? [] }
}

/** One manifest of all, as far as dependencies go. */
function together(root: Manifest, all: readonly Member[]): Manifest {
  const of = (key: 'dependencies' | 'devDependencies'): Readonly<Record<string, string>> =>
    Object.assign({}, ...all.map(({ manifest }) => manifest[key]))
  return {
    ...root,
    dependencies: of('dependencies'),
    devDependencies: of('devDependencies'),
    evidence: (key = '', ...path) =>
      (
        all.find(
          ({ manifest }) => path[0] !== undefined && (key === 'dependencies' || key === 'devDependencies') && path[0] in manifest[key],
        )?.manifest ?? root
      ).evidence(key, ...path),
  }
}

/** The repository without the packages that have no part in it. */
function onlyIn({ tree }: Root, members: readonly Member[], needed: readonly Member[]): Tree {
  const others = members.filter((one) => !needed.includes(one)).map(({ folder }) => `${folder}/`)
  const holds = (path: string): boolean => !others.some((folder) => path.startsWith(folder))
  return {
    ...tree,
    files: new Set([...tree.files].filter(holds)),
    folders: new Set([...tree.folders].filter(holds)),
    texts: new Map([...tree.texts].filter(([path]) => holds(path))),
  }
}

/** Entries that a build reads: the packages that it needs, and what at the root belongs to no package. */
function pathsFor({ tree }: Root, members: readonly Member[], needed: readonly Member[]): readonly string[] {
  const tops = new Set(members.map(({ folder }) => topOf(folder)))
  return [...buildPaths(tree, '', true).filter((name) => !tops.has(name)), ...needed.map(({ folder }) => folder)].sort()
}

function setupOf({ tree, manager }: Root, { folder, manifest }: Member): NodeApp['setup'] {
  return findSetup(seenFrom(tree, folder), manifest).map(({ argv, reads, ...rest }) => ({
    ...rest,
    argv: inFolder(manager, folder, argv),
    reads: reads.map((path) => `${folder}/${path}`),
  }))
}

const home = '/app/'

function placed(folder: string, path: string): string {
  return path.startsWith(home) ? `${home}${folder}/${path.slice(home.length)}` : path
}

/** A path as the program's own folder sees it, where it has one: what is installed lies at the root. */
export function fromFolder(folder: string | undefined, path: string): string {
  if (folder === undefined) return path
  if (path.startsWith(`${folder}/`)) return path.slice(folder.length + 1)
  return path.startsWith('node_modules/') ? `${'../'.repeat(folder.split('/').length)}${path}` : path
}

/** Names of all packages that may be installed for these, and for the root. */
function installedFor({ manifest, lock }: Root, needed: readonly Member[]): ReadonlySet<string> {
  const below = new Map<string, string[]>()
  for (const { name, requires } of lock.packages) below.set(name, [...(below.get(name) ?? []), ...requires])
  const direct = [manifest, ...needed.map((one) => one.manifest)].flatMap(({ dependencies, devDependencies }) => [
    ...Object.keys(dependencies),
    ...Object.keys(devDependencies),
  ])
  return reachable(direct, (name) => below.get(name) ?? [])
}

/** Whether the package of a path lies below a folder of its own, because another release is at the top. */
function isInstalledIn({ lock }: Root, path: string): boolean {
  return lock.packages.some((p) => p.path.includes('node_modules/') && path.startsWith(`${p.path}/`))
}
