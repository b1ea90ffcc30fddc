import type { Candidate } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { first } from './find.ts'
import { isServer } from './listener.ts'
import { ownBuilds, ownStart } from './own-start.ts'
import type { Packages } from './packages.ts'
import type { GoFile } from './source.ts'

/** A package that builds to a program. */
export interface Main {
  /** `.` or `./cmd/server`, as `go build` takes it. */
  readonly start: string
  readonly folder: string
  readonly because: Evidence
  /** Its own compiled files and those it imports from the repository, nearest first. */
  readonly graph: readonly GoFile[]
}

/** Programs that developers run, not the app. */
const helpers = new Set([
  'bench',
  'benchmark',
  'benchmarks',
  'build',
  'ci',
  'codegen',
  'contrib',
  'demo',
  'dev',
  'doc',
  'docs',
  'e2e',
  'example',
  'examples',
  'fixtures',
  'gen',
  'generate',
  'generator',
  'hack',
  'integration',
  'magefiles',
  'misc',
  'mock',
  'mocks',
  'sample',
  'samples',
  'script',
  'scripts',
  'test',
  'tests',
  'testing',
  'third_party',
  'tool',
  'tools',
  'util',
  'utils',
])
const usual = ['server', 'api', 'app', 'web']

/** Every program of the module: those under folders of helpers only when there is nothing else, or what is left only generates code. */
export function mainsOf(packages: Packages): readonly Main[] {
  const all = [...packages.folders].flatMap(([folder, files]) => mainIn(packages, folder, files))
  const own = all.filter((m) => !m.folder.split('/').some((segment) => helpers.has(segment) || segment.endsWith('example')))
  const serves = (mains: readonly Main[]): boolean => mains.some(({ graph }) => isServer(graph))
  const generates = own.every(({ folder }) => folder.startsWith('internal/')) && !serves(own) && serves(all)
  return own.length > 0 && !generates ? own : all
}

function mainIn(packages: Packages, folder: string, files: readonly string[]): readonly Main[] {
  const entry = files
    .map(packages.read)
    .filter((f) => f.builds && f.packageName === 'main')
    .map((f) => first([f], /^func\s+main\s*\(\s*\)/gm))
    .find((m) => m !== undefined)
  if (entry === undefined) return []
  return [{ start: folder === '.' ? '.' : `./${folder}`, folder, because: entry.evidence, graph: packages.graph(folder) }]
}

/** The one that is started, when an own Dockerfile, names or what they do tell it; undefined leaves it to a person. */
export function chosenMain(tree: Tree, mains: readonly Main[], moduleName: string): Main | undefined {
  const servers = mains.filter((m) => isServer(m.graph))
  const likely = servers.length > 0 ? servers : mains
  const commands = likely.filter((m) => /^cmd(?:\/[^/]+)?$/.test(m.folder))
  const rules: readonly (readonly Main[])[] = [
    likely,
    ...ownMains(tree, likely, moduleName),
    likely.filter((m) => m.folder === '.'),
    commands,
    // Beside the program that people type there may be the one that serves: rqlite and rqlited.
    ...['d', '-server', ''].map((ending) => commands.filter((m) => m.folder === `cmd/${moduleName}${ending}`)),
    ...[...usual.map((name) => `cmd/${name}`), ...usual].map((folder) => likely.filter((m) => m.folder === folder)),
  ]
  return rules.find((hits) => hits.length === 1)?.[0]
}

/** The name that the go command gives it. */
export function nameOf({ folder }: Pick<Main, 'folder'>, moduleName: string): string {
  return folder === '.' ? moduleName : folder.slice(folder.lastIndexOf('/') + 1)
}

/** Those whose name is that of what the own Dockerfile starts, and those that it builds. */
function ownMains(tree: Tree, mains: readonly Main[], moduleName: string): readonly (readonly Main[])[] {
  const started = ownStart(
    tree,
    mains.map((m) => nameOf(m, moduleName)),
  )?.program
  const built = ownBuilds(tree).map((word) => joined('.', word.replace(/\/[^/]*\.go$/, '')))
  return [mains.filter((m) => nameOf(m, moduleName) === started), mains.filter((m) => m.folder !== '.' && built.includes(m.folder))]
}

/** The programs as the answers to a question. */
export function candidates(mains: readonly Main[]): readonly Candidate[] {
  return mains.map((m) => ({ value: m.start, because: [m.because] }))
}
