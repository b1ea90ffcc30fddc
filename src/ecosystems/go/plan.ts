import type { GoApp, GoProgram } from '../../model/app.ts'
import type { Demands } from '../../model/ecosystem.ts'
import type { Sourced } from '../../model/evidence.ts'
import type { Base, Choices } from '../../model/options.ts'
import type { CopyStep, ImagePlan, ImageRef, RunStep, Step } from '../../model/plan.ts'
import { Problem } from '../../model/problem.ts'
import type { Process } from '../../model/service.ts'
import { foldersStage, foldersSteps, mounts } from '../folders.ts'
import { alpineCompilers, baseOf, debian, healthCheck, ociLabels, processHealth, toolsFor, toolsStep, withoutSetuid } from '../image.ts'
import { optional } from '../optional.ts'
import { type Preparing, probeSource, type Serves } from './probe.ts'
import { dataFolder } from './stored.ts'

const compileCache = '/root/.cache/go-build'
const programs = '/usr/local/bin'
const probeFile = `${programs}/probe`
const programFile = `${programs}/app`
// No symbol tables, no build id: the same source gives the same bytes.
const linking = '-ldflags=-s -w -buildid='

/** Distroless images by what a program is linked with; each holds certificates and time zones. */
const bases: Readonly<Record<GoProgram['links'], string>> = { nothing: 'static', libc: 'base', 'libstdc++': 'cc' }

const finalBase: Readonly<Record<Base, (program: GoProgram) => ImageRef>> = {
  distroless: ({ links }) => ({ repository: `gcr.io/distroless/${bases[links]}-debian${debian.release}`, tag: 'nonroot' }),
  slim: () => ({ repository: 'debian', tag: `${debian.suite}-slim` }),
  alpine: () => ({ repository: 'alpine', tag: '3' }),
}

/** Builds one program of the module and a probe for its health, and puts them alone into a distroless image. Throws a Problem when it cannot be built. */
export function planGo(app: GoApp, choices: Choices, { loads }: Demands): ImagePlan {
  const program = chosen(app, choices.start.value)
  const blocked = app.blocked ?? program.blocked
  if (blocked !== undefined) throw new Problem(blocked)
  const beside = app.processes.flatMap((process) => {
    const own = app.programs.find((p) => p.start === process.argv[0])
    // Of the program itself only what runs another of its commands.
    return own === undefined || (own === program && process.argv.length === 1) ? [] : [{ process, program: own }]
  })
  const all = together([program, ...beside.map((b) => b.program)])
  const tools = toolsFor(app, choices)
  const flavour = baseOf(choices, tools.length > 0 ? ['slim'] : ['distroless', 'slim', 'alpine'], '')
  const shares = [...new Set(all.writable.flatMap((w) => (w.keep ? [w.path] : [])))].sort()
  const links = all.stands === true && (all.runPaths.length > 0 || all.placed?.some(({ to }) => to.startsWith('/app/')) === true)
  const prepares: Preparing = { shares, file: program.variablesFile, links }
  const builder: ImageRef = { repository: 'golang', tag: `${choices.release.value}-${flavour === 'alpine' ? 'alpine' : debian.suite}` }
  const base = finalBase[flavour](all)
  const port = (isOpen(choices.port) ? program.found.port : undefined)?.value ?? choices.port.value
  const health = (isOpen(choices.health) ? program.found.health : undefined)?.value ?? choices.health.value
  const serves = port === 0 ? undefined : program.grpc && isOpen(choices.health) ? 'grpc' : 'http'
  const asked = { http: [String(port), health], grpc: [String(port)] }
  return {
    name: choices.name.value,
    dockerfile: 'Dockerfile',
    stages: [
      {
        name: 'probe',
        description: 'Builds the health probe: the final image holds nothing that could ask',
        base: builder,
        steps: probe(serves, loads, beside.length > 0, prepares),
      },
      { name: 'build', description: 'Builds the program', base: builder, steps: build(app, all, outputs(program, beside), flavour) },
      ...(all.writable.length > 0 ? [foldersStage(all.writable, builder)] : []),
      {
        name: 'runtime',
        description: 'Runs the program and holds nothing else',
        base,
        steps: [...toolsStep(tools), ...runtime(all, port, outputs(program, beside), flavour)],
      },
    ],
    labels: ociLabels(choices, base),
    ...(all.embedded?.length ? { embedded: all.embedded } : {}),
    user: choices.user.value,
    port,
    writable: mounts(all.writable),
    stopSignal: 'SIGTERM',
    health: healthCheck([probeFile, ...(serves === undefined ? [] : asked[serves])], 10),
    // The loader of secrets does the same.
    entrypoint: (shares.length > 0 || prepares.file || links) && !loads ? [probeFile, '--load', '--', programFile] : [programFile],
    command: [program.given ?? program.subcommand, program.reach].flatMap((argument) => argument?.value ?? []),
    loader: { program: [probeFile, '--load'] },
    // A compiled program takes in nothing by itself, and its image holds no compiler: each change builds a new one.
    development: { mounts: [], rebuilds: [...app.manifests, ...all.buildPaths], environment: {} },
    processes: beside.map(({ process: { name, kind, argv, environment }, program: own }) => ({
      name,
      kind,
      argv: [own === program ? programFile : `${programs}/${name}`, ...argv.slice(1)],
      environment,
      health: processHealth([probeFile], 'runs'),
    })),
  }
}

interface Beside {
  readonly process: Process
  readonly program: GoProgram
}

/** What is built, and the name under which it lies in the image. */
interface Output {
  readonly start: string
  readonly file: string
}

function outputs({ start }: GoProgram, beside: readonly Beside[]): readonly Output[] {
  const others = beside.filter(({ program }) => program.start !== start)
  return [{ start, file: 'app' }, ...others.map(({ process, program }) => ({ start: program.start, file: process.name }))]
}

/** What several programs need in one image; the first says how they run. */
function together(all: readonly [GoProgram, ...GoProgram[]]): GoProgram {
  const [first] = all
  const links = (['libstdc++', 'libc'] as const).find((kind) => all.some((p) => p.links === kind)) ?? 'nothing'
  const paths = (of: 'buildPaths' | 'runPaths'): readonly string[] => {
    const every = [...new Set(all.flatMap((p) => p[of]))].sort()
    return every.filter((path) => !every.some((other) => other !== path && other.endsWith('/') && path.startsWith(other)))
  }
  const embedded = [...new Set(all.flatMap((p) => p.embedded ?? []))].sort()
  const experiment = optional('experiment', all.find((p) => p.experiment !== undefined)?.experiment)
  return { ...first, ...experiment, links, buildPaths: paths('buildPaths'), runPaths: paths('runPaths'), embedded }
}

const certificates = '/etc/ssl/certs/ca-certificates.crt'
const zones = '/usr/local/share/zoneinfo.zip'
const alpineLibraries = run('runtime-libraries', true, [{ argv: ['apk', 'add', '--no-cache', 'libstdc++>=12'] }])

/** Nobody decided it for this program. */
function isOpen({ from }: Sourced<unknown>): boolean {
  return from === 'default' || from === 'preset'
}

/** The program that `start` names; `cmd/server`, `./cmd/server/` and `cmd/server/main.go` are one. */
function chosen(app: GoApp, start: string): GoProgram {
  const folder = start
    .replace(/(?:^|\/)[^/]*\.go$/, '')
    .replace(/\/$/, '')
    .replace(/^\.\//, '')
  const program = app.programs.find((p) => p.start === (folder === '' || folder === '.' ? '.' : `./${folder}`))
  if (program !== undefined) return program
  throw new Problem({
    code: 'go-start-unknown',
    exit: 1,
    message: `${start} is not a program of this module.`,
    fix: `Say one of these with --start: ${app.programs.map((p) => p.start).join(', ')}.`,
  })
}

function probe(serves: Serves, loads: boolean, several: boolean, prepares: Preparing): readonly Step[] {
  const compile = { argv: ['go', 'build', '-trimpath', linking, '-o', '/out/probe', 'main.go'], env: { CGO_ENABLED: '0' } }
  return [
    { do: 'workdir', path: '/probe', rule: 'probe-without-shell' },
    run('probe-without-shell', false, [{ write: 'main.go', lines: probeSource(serves, loads, several, prepares) }, compile]),
  ]
}

function build(app: GoApp, program: GoProgram, made: readonly Output[], flavour: Base): readonly Step[] {
  const settings = {
    CGO_ENABLED: program.links === 'nothing' ? '0' : '1',
    GOFLAGS: `-mod=${app.vendored ? 'vendor' : 'readonly'} -trimpath -buildvcs=false`,
    GOTOOLCHAIN: 'local',
    ...(program.experiment === undefined ? {} : { GOEXPERIMENT: program.experiment }),
  }
  const compiles = flavour === 'alpine' && program.links !== 'nothing'
  const steps: Step[] = [
    ...(compiles ? [run('compiler-in-build-stage', true, alpineCompilers)] : []),
    { do: 'env', values: settings, rule: 'reproducible-build' },
    { do: 'workdir', path: '/src', rule: 'dependencies-first' },
    ...copies(app.manifests, 'dependencies-first'),
  ]
  // Into a layer, not a cache: the offline build must find the modules where only the layers were kept.
  if (app.downloads) steps.push(run('modules-verified', true, [{ argv: ['go', 'mod', 'download'] }]))
  if (app.vendored) steps.push(...copies(['vendor/'], 'dependencies-first'))
  steps.push(...copies(program.buildPaths, 'source-last'))
  const compile = made.map(({ start, file }) => ({ argv: ['go', 'build', linking, '-o', `/out/${file}`, start] }))
  steps.push(run('build-offline', false, compile))
  return steps
}

function runtime(program: GoProgram, port: number, made: readonly Output[], flavour: Base): readonly Step[] {
  // Distroless images hold certificates and time zones; others get them from where the program was built.
  const times = flavour === 'distroless' ? {} : { ZONEINFO: zones }
  const environment: Readonly<Record<string, string>> = {
    ...program.environment,
    ...times,
    ...(program.portVariable !== undefined && port > 0 ? { [program.portVariable]: String(port) } : {}),
  }
  const brought: readonly CopyStep[] = [
    { do: 'copy', from: 'build', paths: [certificates], to: certificates, rule: 'read-only-application' },
    { do: 'copy', from: 'build', paths: ['/usr/local/go/lib/time/zoneinfo.zip'], to: zones, rule: 'read-only-application' },
  ]
  const libraries = flavour === 'alpine' && program.links !== 'nothing' ? [alpineLibraries] : []
  return [
    ...(flavour === 'distroless' ? [] : [...libraries, withoutSetuid()]),
    {
      do: 'workdir',
      path: program.stands ? dataFolder : '/app',
      rule: 'arbitrary-user',
    },
    { do: 'user', rule: 'arbitrary-user' },
    ...(Object.keys(environment).length > 0 ? [{ do: 'env', values: environment, rule: 'production-mode' } as const] : []),
    { do: 'copy', from: 'probe', paths: ['/out/probe'], to: probeFile, rule: 'read-only-application' },
    ...made.map(
      ({ file }): Step => ({
        do: 'copy',
        from: 'build',
        paths: [`/out/${file}`],
        to: `${programs}/${file}`,
        rule: 'read-only-application',
      }),
    ),
    ...(flavour === 'distroless' ? [] : brought),
    ...copies(program.runPaths, 'explicit-copy', program.stands ? '/app' : '.'),
    ...(program.placed ?? []).map(({ path, to }): Step => ({ do: 'copy', paths: [path], to, rule: 'explicit-copy' })),
    ...foldersSteps(program.writable),
  ]
}

/** Files of one folder in one COPY; each folder in one of its own, because COPY takes what is in a folder and not the folder. */
function copies(paths: readonly string[], rule: CopyStep['rule'], root = '.'): readonly CopyStep[] {
  const target = (path: string): string => `${root}/${path.slice(0, path.lastIndexOf('/') + 1)}`
  const targets = [...new Set(paths.map(target))]
  return targets.map((to) => ({ do: 'copy', paths: paths.filter((p) => target(p) === to), to, rule }))
}

function run(rule: RunStep['rule'], network: boolean, commands: RunStep['commands']): RunStep {
  return { do: 'run', commands, network, caches: network ? [] : [compileCache], rule }
}
