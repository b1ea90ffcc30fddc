import type { GoProgram, Writable } from '../../model/app.ts'
import type { Sourced } from '../../model/evidence.ts'
import type { ProblemText } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { exposedPort } from '../exposed.ts'
import { optional } from '../optional.ts'
import { ownEnvironment } from '../own-environment.ts'
import { ownFolders, withOwnVolumes } from '../own-volumes.ts'
import { detected } from '../search.ts'
import { toldValues } from '../told.ts'
import { type Carried, carried } from './carried.ts'
import { type Cgo, cgoOf } from './cgo.ts'
import { first } from './find.ts'
import { homeFor } from './home.ts'
import { isServer, speaksGrpc } from './listener.ts'
import { type Main, nameOf } from './mains.ts'
import { openedPaths, placeOf } from './opened.ts'
import { ownPort } from './own-port.ts'
import { ownStart } from './own-start.ts'
import type { Packages } from './packages.ts'
import { buildPathsOf, heldBack } from './paths.ts'
import { type Listening, listening, portRequired, portVariable, settledPort } from './port.ts'
import { reachOf } from './reach.ts'
import { healthRoute } from './routes.ts'
import { settingsIn } from './settings-file.ts'
import type { GoFile } from './source.ts'
import { dataFolder, storedBy } from './stored.ts'
import { subcommandOf } from './subcommand.ts'
import { pathsNamedIn, variablesFile } from './variables-file.ts'

/** Variables that put a framework into production mode. */
const modes: readonly { readonly module: string; readonly values: Readonly<Record<string, string>> }[] = [
  { module: 'github.com/gin-gonic/gin', values: { GIN_MODE: 'release' } },
]

// Without GOEXPERIMENT=jsonv2 releases before 1.27 have no files for them.
const onTrial = /^encoding\/json\/(?:v2|jsontext)$/

/** All that the code of one main package tells. */
export function programOf(tree: Tree, packages: Packages, main: Main, moduleName: string): GoProgram {
  const { graph } = main
  const texts = graph.map(({ code }) => code)
  const cgo = cgoOf(graph)
  const file = variablesFile(tree, graph)
  const runPaths = [...new Set([...openedPaths(tree, graph).map((p) => p.path), ...pathsNamedIn(tree, file)])].sort()
  const said = isServer(graph) ? saidPort(tree, graph, runPaths) : undefined
  // Nothing else leads to a port.
  const unsaid = isServer(graph) ? { variable: portRequired(graph) } : {}
  const own = isServer(graph) && portVariable(graph) === undefined ? ownPort(tree, texts) : undefined
  const port = own?.port ?? portOf(tree, main, said)
  const stored = storedBy(tree, graph, runPaths)
  const stands = stored.some((w) => w.path === dataFolder && w.link === undefined)
  const writable = withOwnVolumes(tree, stored, stands)
  const subcommand = port?.value === 0 ? undefined : subcommandOf(graph, nameOf(main, moduleName))
  const reach = port?.value === 0 ? undefined : reachOf(graph, port?.value)
  const embedded = heldBack(tree, graph)
  const placed = placedBy(tree, graph, writable, nameOf(main, moduleName))
  const health = port?.value === 0 ? undefined : healthRoute(graph)
  return {
    start: main.start,
    because: main.because,
    found: { ...(port === undefined ? {} : { port }), ...(health === undefined ? {} : { health }) },
    links: cgo?.libraries ?? 'nothing',
    ...(subcommand === undefined ? {} : { subcommand }),
    ...(reach !== undefined && 'argument' in reach ? { reach: reach.argument } : {}),
    ...optional('portVariable', portVariable(graph) === undefined ? (own?.variable ?? (said ?? unsaid).variable) : 'PORT'),
    ...(speaksGrpc(graph) ? { grpc: true } : {}),
    ...(graph.some((f) => f.imports.some((i) => onTrial.test(i.value))) ? { experiment: 'jsonv2' } : {}),
    ...optional('variablesFile', file),
    environment: {
      // Some insist on it, and others hand it on to a database that takes no empty one.
      ...(first(graph, /["`:]TZ["`,]/g) === undefined ? {} : { TZ: 'UTC' }),
      ...ownEnvironment(tree, texts),
      ...environmentOf(graph),
      ...homeFor(graph, writable),
      ...ownFolders(tree, texts),
      ...(reach !== undefined && 'variable' in reach ? { [reach.variable.value]: reach.value } : {}),
    },
    buildPaths: buildPathsOf(tree, packages, graph),
    ...(embedded.length > 0 ? { embedded } : {}),
    runPaths,
    ...(placed.length > 0 ? { placed } : {}),
    writable,
    ...(stands ? { stands } : {}),
    blocked: cgo === undefined ? undefined : missingLibrary(cgo),
  }
}

/** The port that is said; 0 for a program that shows no sign of a listener; undefined when it listens somewhere, and no Dockerfile or compose file says where. */
function portOf(tree: Tree, { graph, because }: Main, said: Listening | undefined): Sourced<number> | undefined {
  if (!isServer(graph)) return detected(0, { ...because, saw: 'nothing that it imports listens' })
  const exposed = said === undefined || said.guessed ? exposedPort(tree) : undefined
  return said === undefined ? exposed : (exposed ?? detected(said.port, said.because))
}

function saidPort(tree: Tree, graph: readonly GoFile[], opened: readonly string[]): Listening | undefined {
  const told = toldValues(tree)
  const said = listening(graph, (name) => told.get(name)?.[0])
  return said === undefined || said.guessed ? (settledPort(settingsIn(tree, opened)) ?? said) : said
}

/** What an own Dockerfile puts elsewhere: where the program runs, or where code or the way it is started say. */
function placedBy(tree: Tree, graph: readonly GoFile[], writable: readonly Writable[], name: string): NonNullable<GoProgram['placed']> {
  const words = ownStart(tree, [name])?.words ?? []
  const named = ({ place }: Carried): boolean => [...words, ...graph.map(({ code }) => code)].some((text) => text.includes(`/${place}`))
  const isKept = ({ to }: Carried): boolean => writable.some(({ keep, path }) => keep && `${to}/`.startsWith(`${path}/`))
  return carried(tree)
    .filter((c) => c.to !== `/app/${c.path}` && placeOf(tree, c.path) !== undefined && !isKept(c))
    .filter((c) => c.to.startsWith('/app/') || named(c))
    .map(({ path, to }) => (tree.folders.has(path) ? { path: `${path}/`, to: `${to}/` } : { path, to }))
}

function environmentOf(graph: readonly GoFile[]): Readonly<Record<string, string>> {
  const imports = new Set(graph.flatMap((f) => f.imports.map((i) => i.value)))
  const migrating = first(graph, /["`]((?:RUN|AUTO)_(?:DB_)?MIGRAT(?:E|IONS?))["`]/g)?.groups[1]
  return Object.assign(
    migrating === undefined ? {} : { [migrating]: '1' },
    ...modes.filter((m) => imports.has(m.module)).map((m) => m.values),
  )
}

function missingLibrary({ missing, because }: Cgo): ProblemText | undefined {
  if (missing === undefined) return undefined
  return {
    code: 'go-library-missing',
    exit: 1,
    message: `The program is linked with ${missing}, which neither the build image nor the final image holds.`,
    file: because.file,
    ...(because.line === undefined ? {} : { line: because.line }),
    fix: `Take a package that brings its own C code, or write the Dockerfile by hand with ${missing} in both stages.`,
  }
}
