import type { GoApp, GoProgram, Notice, Question } from '../../model/app.ts'
import { Problem, type ProblemText } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { licenceOf } from '../licence.ts'
import { optional } from '../optional.ts'
import { joined } from '../paths.ts'
import { detected } from '../search.ts'
import { absentNotices } from './absent.ts'
import { goContract } from './contract.ts'
import { candidates, chosenMain, type Main, mainsOf, nameOf } from './mains.ts'
import { imageName, moduleName, sourceOf } from './metadata.ts'
import { type GoModule, parseModule } from './module.ts'
import { noticesOf, workspaceNotice } from './notices.ts'
import { withOwnStart } from './own-arguments.ts'
import { packagesOf } from './packages.ts'
import { lackedBy } from './paths.ts'
import { findProcesses, type Served } from './processes.ts'
import { programOf } from './programs.ts'
import { goRelease } from './release.ts'
import { goServices } from './services.ts'
import { settingsIn } from './settings-file.ts'
import { subcommandsOf } from './subcommand.ts'
import { withoutFile } from './variables-file.ts'

// Modules that say what a program is made with.
const frameworks: readonly (readonly [string, string])[] = [
  ['chi', 'github.com/go-chi/chi'],
  ['echo', 'github.com/labstack/echo'],
  ['fiber', 'github.com/gofiber/fiber'],
  ['gin', 'github.com/gin-gonic/gin'],
]

/** The Go app whose go.mod stands at the root. Throws a Problem on a broken go.mod, and when the module has no program. */
export function detectGo(tree: Tree): GoApp | undefined {
  const text = tree.texts.get('go.mod')
  if (text === undefined) return unreadable(tree)
  const module = parseModule('go.mod', text)
  const packages = packagesOf(tree, module.path, module.replaced)
  const mains = mainsOf(packages)
  if (mains.length === 0) throw library(module)
  const main = chosenMain(tree, mains, moduleName(module.path))
  const programs = mains
    .map((m) => programOf(tree, packages, m, moduleName(module.path)))
    .map((p) => (p.start === main?.start ? withOwnStart(tree, p, nameOf(main, moduleName(module.path))) : p))
  const program = programs.find((p) => p.start === main?.start)
  const release = goRelease(module)
  const settings = settingsIn(tree, program?.runPaths ?? [])
  const variables = main === undefined ? [] : withoutFile(goContract(main.graph, setIn(program), settings), program?.variablesFile)
  const needs = main === undefined ? { services: [], notices: [] } : goServices(tree, main.graph, variables, settings)
  // Before release 1.14 the go command paid it no attention, and for such modules it still pays none (go.dev/ref/mod, vendoring).
  const vendored = tree.files.has('vendor/modules.txt') && !/^1\.(?:\d|1[0-3])(?:\.|$)/.test(module.go?.version ?? '')
  const lacks = main === undefined ? [] : lackedBy(tree, main.graph)
  const notices: readonly Notice[] = [
    ...release.notices,
    ...workspaceNotice(tree),
    ...(main === undefined ? [] : [...noticesOf(tree, main.graph, program), ...absentNotices(tree, module.path, main.graph)]),
    ...needs.notices,
  ]
  return {
    ecosystem: 'go',
    because: [module.pathSeen],
    found: {
      ...optional('name', imageName(module)),
      ...optional('source', sourceOf(module)),
      ...optional('licenses', licenceOf(tree)),
      ...optional('release', release.release),
      ...(main === undefined ? {} : { start: detected(main.start, main.because) }),
      ...program?.found,
    },
    questions: main === undefined ? [startQuestion(mains)] : [],
    notices,
    services: needs.services,
    variables,
    processes: findProcesses(tree, programs, main && servedBy(main, moduleName(module.path))),
    frameworks: frameworks.filter(([, path]) => text.includes(`${path} `) || text.includes(`${path}/`)).map(([name]) => name),
    programs,
    ...(lacks.length > 0 ? { lacks } : {}),
    vendored,
    downloads: !vendored && module.requires > module.replaced.length,
    manifests: manifestsOf(tree, module),
    blocked: vendored ? undefined : (outsideReplacement(tree, module) ?? unlocked(tree, module)),
  }
}

function servedBy(main: Main, moduleName: string): Served {
  const name = nameOf(main, moduleName)
  return { start: main.start, name, commands: subcommandsOf(main.graph, name) }
}

/** What the image gives: handed through from a shell that has none, it would be taken away again. */
function setIn(program: GoProgram | undefined): readonly string[] {
  return program === undefined ? [] : [...Object.keys(program.environment), program.portVariable ?? '']
}

function startQuestion(mains: readonly Main[]): Question {
  return { key: 'start', why: 'The module holds several programs, and nothing tells which one is the app.', candidates: candidates(mains) }
}

function manifestsOf(tree: Tree, module: GoModule): readonly string[] {
  const local = module.replaced.flatMap(({ folder }) => {
    const place = joined('.', folder)
    return place === undefined ? [] : [`${place}/go.mod`]
  })
  return ['go.mod', 'go.sum', ...local].filter((file) => tree.files.has(file))
}

function unreadable(tree: Tree): undefined {
  const reason = tree.unread.get('go.mod')
  if (reason === undefined) return undefined
  throw new Problem({
    code: 'go-mod-invalid',
    exit: 1,
    message: `go.mod cannot be read: ${reason}.`,
    file: 'go.mod',
    fix: 'Mend the file, then run the command again.',
  })
}

function library({ path, pathSeen }: GoModule): Problem {
  return new Problem({
    code: 'go-no-program',
    exit: 1,
    message: `${path} is a library: no package of it is a program.`,
    file: pathSeen.file,
    ...(pathSeen.line === undefined ? {} : { line: pathSeen.line }),
    fix: 'Add a package main with func main, for instance in cmd/server/main.go, or run the command in the folder of a module that has one.',
  })
}

function outsideReplacement(tree: Tree, module: GoModule): ProblemText | undefined {
  const bad = module.replaced.find(({ folder }) => {
    const place = folder.startsWith('/') ? undefined : joined('.', folder)
    return place === undefined || !tree.files.has(place === '.' ? 'go.mod' : `${place}/go.mod`)
  })
  if (bad === undefined) return undefined
  return {
    code: 'go-replacement-missing',
    exit: 1,
    message: `go.mod takes ${bad.module} from ${bad.folder}, and there is no module in the repository.`,
    file: bad.seen.file,
    ...(bad.seen.line === undefined ? {} : { line: bad.seen.line }),
    fix: 'An image is built from this folder alone: bring the module in, or take the replace line out.',
  }
}

function unlocked(tree: Tree, module: GoModule): ProblemText | undefined {
  if (module.requires <= module.replaced.length || tree.files.has('go.sum')) return undefined
  return {
    code: 'go-sum-missing',
    exit: 1,
    message: 'go.sum is missing, so the go command refuses to build: nothing says what the modules must be.',
    file: 'go.mod',
    fix: 'Run `go mod tidy` and commit go.sum.',
  }
}
