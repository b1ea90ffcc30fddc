import { nodeReleases, pick } from '../catalogue/releases.ts'
import type { App } from '../model/app.ts'
import type { Assets, Lacking } from '../model/assets.ts'
import type { Evidence } from '../model/evidence.ts'
import { isNeverSent } from '../model/never-sent.ts'
import { Problem } from '../model/problem.ts'
import type { Tree } from '../model/tree.ts'
import type { NotBuilt } from './lacking.ts'
import { builtMember, builtPackage, type FrontEnd, frontEndOf } from './node/front-end.ts'
import { lockfiles } from './node/lock.ts'
import { parseManifest } from './node/manifest.ts'
import { isFolderName, joined } from './paths.ts'
import { seenFrom } from './seen-from.ts'
import { namesSources, servedFromDisk } from './served.ts'
import { split } from './shell.ts'

const manifest = /^(?:(.+)\/)?package\.json$/
const aside =
  /(?:^|\/)(?:tests?|testdata|fixtures|_?examples?|samples?|docs?|website|node_modules|vendor|e2e|scripts|tools|\.[^/]+)(?:\/|$)/

interface Candidate extends FrontEnd {
  readonly folder: string
  readonly tree: Tree
}

interface Making {
  readonly candidate: Candidate
  readonly lacks: readonly Lacking[]
  readonly made: Assets['made']
  readonly script: string | undefined
  readonly weight: number
}

/**
 * The package of the repository whose build makes what an app lacks. A text says why the one that would is not built; nothing comes
 * back when there is none.
 */
export function assetsFor(tree: Tree, app: App): Assets | NotBuilt | undefined {
  const lacked = app.lacks ?? []
  const candidates = candidatesIn(tree)
  const makings = candidates.map((candidate) => making(candidate, [...lacked, ...lackedBeside(tree, app, candidate)]))
  const best = makings.toSorted((a, b) => b.weight - a.weight)[0]
  if (best === undefined || best.made.length === 0) return undefined
  const { made, lacks } = best
  const whole = workspaceOf(candidates, best.candidate)
  const candidate = whole ?? best.candidate
  try {
    const member = whole === undefined && sharesLock(tree, candidate) ? builtMember(tree, candidate.folder, best.script) : undefined
    const built = member ?? builtPackage(candidate.tree, whole === undefined ? best.script : undefined)
    const folder = member === undefined ? candidate.folder : '.'
    if (built === undefined) return undefined
    if ('message' in built) return folder === '.' ? built : { ...built, file: `${folder}/package.json` }
    if (built.package.lockfile === undefined && made.every(({ read }) => read === true)) return unlocked(folder)
    return {
      because: [under(candidate.folder, candidate.manifest.evidence('scripts', built.script)), ...lacks.map(({ because }) => because)],
      folder,
      release: built.release ?? pick(nodeReleases, () => true)?.release ?? '',
      package: built.package,
      beside: member === undefined ? besideOf(tree, candidate) : [],
      made,
      apart:
        folder !== '.' &&
        !namesSources(
          tree,
          app,
          folder,
          made.map(({ from }) => from),
        ),
      among: app.ecosystem === 'python' && member === undefined && (folder === '.' || folder === app.folder),
    }
  } catch (error) {
    if (error instanceof Problem) return error.text
    throw error
  }
}

/** A program that does without its front end is not kept from being built by one that any day may break. */
function unlocked(folder: string): NotBuilt {
  const file = folder === '.' ? 'package.json' : `${folder}/package.json`
  return {
    message: `${file} has no lockfile, so each build would install other versions, and may fail.`,
    file,
    fix: 'Install its packages, commit the lockfile, then run the command again.',
  }
}

/** Every package of the repository that builds something, the shallowest first. */
function candidatesIn(tree: Tree): readonly Candidate[] {
  const folders = [...tree.texts.keys()].flatMap((path) => {
    const match = manifest.exec(path)
    return match === null || aside.test(path) ? [] : [match[1] ?? '.']
  })
  return folders
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
    .flatMap((folder) => candidateIn(seenFrom(tree, folder), folder))
}

/** The package at the root with whose lockfile a folder's package is installed. */
function workspaceOf(candidates: readonly Candidate[], { folder, tree }: Candidate): Candidate | undefined {
  const root = candidates.find((candidate) => candidate.folder === '.')
  const shares = root?.manifest.workspaces !== undefined || root?.tree.files.has('pnpm-workspace.yaml') === true
  return folder !== '.' && shares && !lockfiles.some((name) => tree.files.has(name)) ? root : undefined
}

/** Whether a folder's package, which has no lockfile, may have the one at the root. */
function sharesLock(tree: Tree, { folder, tree: own }: Candidate): boolean {
  const isLocked = (files: ReadonlySet<string>): boolean => lockfiles.some((name) => files.has(name))
  return folder !== '.' && tree.files.has('package.json') && isLocked(tree.files) && !isLocked(own.files)
}

function candidateIn(tree: Tree, folder: string): readonly Candidate[] {
  try {
    const found = frontEndOf(tree, parseManifest(tree.texts.get('package.json') ?? ''))
    return found === undefined ? [] : [{ ...found, folder, tree }]
  } catch (error) {
    // A manifest that cannot be read builds nothing.
    if (error instanceof Problem) return []
    throw error
  }
}

/** What shows at a package itself that the program lacks what it makes. */
function lackedBeside(tree: Tree, app: App, candidate: Candidate): readonly Lacking[] {
  const { folder, named, usual } = candidate
  if (app.ecosystem === 'python') return app.lacks === undefined ? [] : served(tree, candidate)
  // A Node.js app is the package at its root, and what it makes is its own.
  if (app.ecosystem === 'node' && (folder === '.' || app.manifests.includes(`${folder}/package.json`))) return []
  const outputs = [...named, ...usual].flatMap((output) => joined(folder, output) ?? [])
  return servedFromDisk(tree, app, folder, [...new Set(outputs)])
}

// Where Django's applications keep what they serve.
const serving = /(?:^|\/)(?:static|staticfiles|static_src|assets|templates)(?:\/|$)/

/** What a package says that it makes among the files that Django serves, and the repository does not hold. */
function served(tree: Tree, { folder, named, written, manifest: { evidence } }: Candidate): readonly Lacking[] {
  const placed = [...named, ...written].flatMap((path) => joined(folder, path) ?? [])
  const absent = placed.filter((path) => serving.test(path) && !tree.files.has(path) && !tree.folders.has(path))
  return absent.map((path) => ({ path, needed: false, because: under(folder, evidence('scripts')) }))
}

/** What of that it makes: what its scripts, its settings or its own folder show; else one elsewhere that its first output stands for. */
function making(candidate: Candidate, lacks: readonly Lacking[]): Making {
  const scripts = lacks.map(({ path }) => scriptFor(candidate, path))
  const made = lacks.flatMap(({ path, read }, i) =>
    madeFor(candidate, path, scripts[i] !== undefined).map((found) => (read === true ? { ...found, read } : found)),
  )
  return {
    candidate,
    lacks,
    made: made.filter(({ to }, at) => made.findIndex((m) => m.to === to) === at).map(({ sure: _, ...rest }) => rest),
    script: scripts.find((name) => name !== undefined),
    weight: made.reduce((sum, { sure }) => sum + (sure ? 2 : 1), 0),
  }
}

function madeFor(
  { folder, named, usual, texts }: Candidate,
  path: string,
  isNamed: boolean,
): readonly (Assets['made'][number] & { readonly sure: boolean })[] {
  const placed = [...named, ...usual].flatMap((output) => joined(folder, output) ?? [])
  const around = placed.find((output) => output === path || path.startsWith(`${output}/`))
  if (around !== undefined) return [{ from: around, to: around, sure: true }]
  const seen = relative(folder, path)
  const own = folder !== '.' && !seen.startsWith('../') && isFolderName(path)
  if (own || isNamed || placed.some((output) => output.startsWith(`${path}/`)) || texts.some((text) => text.includes(seen)))
    return [{ from: path, to: path, sure: true }]
  const [first] = placed
  return first === undefined || folder === '.' || !isFolderName(path) || aside.test(path) ? [] : [{ from: first, to: path, sure: false }]
}

/** The script that names a path as something it makes. */
function scriptFor({ folder, manifest: { scripts } }: Candidate, path: string): string | undefined {
  const seen = relative(folder, path)
  const names = (line: string): boolean =>
    split(line).some((words) => words.some((word) => word.replace(/^[^=:]*[=:]|^(?:\.\/)+/g, '') === seen))
  const generates = (line: string): boolean => /\bnuxt generate\b/.test(line) && seen === 'dist'
  const script = Object.keys(scripts).find((name) => {
    const line = scripts[name] ?? ''
    return !/dev|watch|start|clean|sync|serve|test|lint|preview/.test(name) && (names(line) || generates(line))
  })
  // One that calls it makes more.
  const caller = Object.keys(scripts).find((name) => /^build/.test(name) && scripts[name]?.split(/[ \t;&]+/).includes(script ?? ''))
  return caller ?? script
}

function relative(folder: string, path: string): string {
  const [from, to] = [folder === '.' ? [] : folder.split('/'), path.split('/')]
  const same = from.findIndex((part, i) => part !== to[i])
  const shared = same === -1 ? from.length : same
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/')
}

const climbing = /["'`]((?:\.\.\/)+[\w@.-]+(?:\/[\w@.-]+)*)["'`]/g

/** What the package's settings and code name above its folder, and the repository holds. */
function besideOf(repository: Tree, { folder, tree }: Candidate): readonly string[] {
  if (folder === '.') return []
  const found = [...tree.texts].flatMap(([file, text]) =>
    [...text.matchAll(climbing)].flatMap(([, path = '']) => joined(`${folder}/${file}`.replace(/\/[^/]*$/, ''), path) ?? []),
  )
  const outside = found.filter(
    (path) => path !== '.' && !isNeverSent(path) && path !== folder && !path.startsWith(`${folder}/`) && !folder.startsWith(`${path}/`),
  )
  const held = outside.flatMap((path) => (repository.folders.has(path) ? [`${path}/`] : sourceOf(repository, path)))
  return [...new Set(held)].sort()
}

function sourceOf(tree: Tree, path: string): readonly string[] {
  return ['', '.ts', '.js', '.json']
    .map((ending) => `${path}${ending}`)
    .filter((file) => tree.files.has(file))
    .slice(0, 1)
}

function under(folder: string, evidence: Evidence): Evidence {
  return folder === '.' ? evidence : { ...evidence, file: `${folder}/${evidence.file}` }
}
