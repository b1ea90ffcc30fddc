import type { GoApp, GoProgram } from '../../model/app.ts'
import type { Demands } from '../../model/ecosystem.ts'
import type { Sourced } from '../../model/evidence.ts'
import type { Base, Choices } from '../../model/options.ts'
import type { CopyStep, ImagePlan, ImageRef, RunStep, Step } from '../../model/plan.ts'
import { Problem } from '../../model/problem.ts'
import { foldersStage, foldersSteps, mounts } from '../folders.ts'
import { alpineCompilers, baseOf, debian, healthCheck, ociLabels, withoutSetuid } from '../image.ts'
import { probeSource } from './probe.ts'
import { dataFolder } from './stored.ts'

const compileCache = '/root/.cache/go-build'
const probeFile = '/usr/local/bin/probe'
const programFile = '/usr/local/bin/app'
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
  const flavour = baseOf(choices, ['distroless', 'slim', 'alpine'], '')
  const builder: ImageRef = { repository: 'golang', tag: `${choices.release.value}-${flavour === 'alpine' ? 'alpine' : debian.suite}` }
  const base = finalBase[flavour](program)
  const port = (isOpen(choices.port) ? program.found.port : undefined)?.value ?? choices.port.value
  const health = (isOpen(choices.health) ? program.found.health : undefined)?.value ?? choices.health.value
  return {
    name: choices.name.value,
    dockerfile: 'Dockerfile',
    stages: [
      {
        name: 'probe',
        description: 'Builds the health probe: the final image holds nothing that could ask',
        base: builder,
        steps: probe(port, loads),
      },
      { name: 'build', description: 'Builds the program', base: builder, steps: build(app, program, flavour) },
      ...(program.writable.length > 0 ? [foldersStage(program.writable, builder)] : []),
      { name: 'runtime', description: 'Runs the program and holds nothing else', base, steps: runtime(program, port, flavour) },
    ],
    labels: ociLabels(choices, base),
    user: choices.user.value,
    port,
    writable: mounts(program.writable),
    stopSignal: 'SIGTERM',
    health: healthCheck([probeFile, ...(port === 0 ? [] : [String(port), health])], 10),
    entrypoint: [programFile],
    command: [program.subcommand, program.reach].flatMap((argument) => (argument === undefined ? [] : [argument.value])),
    loader: { program: [probeFile, '--load'] },
  }
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

function probe(port: number, loads: boolean): readonly Step[] {
  const compile = { argv: ['go', 'build', '-trimpath', linking, '-o', '/out/probe', 'main.go'], env: { CGO_ENABLED: '0' } }
  return [
    { do: 'workdir', path: '/probe', rule: 'probe-without-shell' },
    run('probe-without-shell', false, [{ write: 'main.go', lines: probeSource(port > 0, loads) }, compile]),
  ]
}

function build(app: GoApp, program: GoProgram, flavour: Base): readonly Step[] {
  const settings = {
    CGO_ENABLED: program.links === 'nothing' ? '0' : '1',
    GOFLAGS: `-mod=${app.vendored ? 'vendor' : 'readonly'} -trimpath -buildvcs=false`,
    GOTOOLCHAIN: 'local',
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
  steps.push(run('build-offline', false, [{ argv: ['go', 'build', linking, '-o', '/out/app', program.start] }]))
  return steps
}

function runtime(program: GoProgram, port: number, flavour: Base): readonly Step[] {
  // Distroless images hold certificates and time zones; others get them from where the program was built.
  const times = flavour === 'distroless' ? {} : { ZONEINFO: zones }
  const environment: Readonly<Record<string, string>> = {
    ...program.environment,
    ...times,
    ...(program.readsPort && port > 0 ? { PORT: String(port) } : {}),
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
      path: program.writable.some((w) => w.path === dataFolder && w.link === undefined) ? dataFolder : '/app',
      rule: 'arbitrary-user',
    },
    { do: 'user', rule: 'arbitrary-user' },
    ...(Object.keys(environment).length > 0 ? [{ do: 'env', values: environment, rule: 'production-mode' } as const] : []),
    { do: 'copy', from: 'probe', paths: ['/out/probe'], to: probeFile, rule: 'read-only-application' },
    { do: 'copy', from: 'build', paths: ['/out/app'], to: programFile, rule: 'read-only-application' },
    ...(flavour === 'distroless' ? [] : brought),
    ...copies(program.runPaths, 'explicit-copy'),
    ...foldersSteps(program.writable),
  ]
}

/** Files of one folder in one COPY; each folder in one of its own, because COPY takes what is in a folder and not the folder. */
function copies(paths: readonly string[], rule: CopyStep['rule']): readonly CopyStep[] {
  const targets = [...new Set(paths.map(target))]
  return targets.map((to) => ({ do: 'copy', paths: paths.filter((p) => target(p) === to), to, rule }))
}

function target(path: string): string {
  return path.endsWith('/') ? `./${path}` : `./${path.slice(0, path.lastIndexOf('/') + 1)}`
}

function run(rule: RunStep['rule'], network: boolean, commands: RunStep['commands']): RunStep {
  return { do: 'run', commands, network, caches: network ? [] : [compileCache], rule }
}
