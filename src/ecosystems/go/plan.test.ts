import { describe, expect, it } from 'vitest'
import type { GoApp, GoProgram } from '../../model/app.ts'
import type { Choices, OptionValues } from '../../model/options.ts'
import type { ImagePlan, RunStep } from '../../model/plan.ts'
import { Problem } from '../../model/problem.ts'
import { planGo } from './plan.ts'

const program: GoProgram = {
  start: './cmd/server',
  because: { file: 'cmd/server/main.go', line: 5, saw: 'func main() {' },
  found: {},
  links: 'nothing',
  environment: {},
  buildPaths: ['cmd/', 'doc.go'],
  runPaths: ['conf/site.yaml', 'web/static/'],
  writable: [],
  blocked: undefined,
}
const app: GoApp = {
  ecosystem: 'go',
  because: [],
  found: {},
  questions: [],
  notices: [],
  services: [],
  variables: [],
  processes: [],
  frameworks: [],
  programs: [program],
  vendored: false,
  downloads: true,
  manifests: ['go.mod', 'go.sum', 'api/go.mod'],
  blocked: undefined,
}
const values: Partial<OptionValues> = {
  ecosystem: 'go',
  name: 'shop',
  description: '',
  source: '',
  url: '',
  licenses: '',
  vendor: '',
  release: '1.27',
  start: './cmd/server',
  port: 8080,
  health: '/',
  user: 10_001,
  memory: 512,
  cpus: 1,
  pids: 200,
}

const choose = (changed: Partial<OptionValues> = {}): Choices => {
  const entries = Object.entries({ ...values, ...changed }).map(([key, value]) => [
    key,
    { value, from: key in changed ? 'answer' : 'default', because: [] },
  ])
  return Object.fromEntries(entries)
}
const plan = (changed: Partial<GoApp> = {}, options?: Partial<OptionValues>) =>
  planGo({ ...app, ...changed }, choose(options), { loads: false })
const copies = (image: ImagePlan, stage: string) =>
  image.stages
    .find((s) => s.name === stage)
    ?.steps.flatMap((s) => (s.do === 'copy' ? [`${s.from ?? ''}:${s.paths.join(' ')} → ${s.to}`] : []))
const runs = (image: ImagePlan, stage: string): readonly RunStep[] =>
  image.stages.find((s) => s.name === stage)?.steps.flatMap((s) => (s.do === 'run' ? [s] : [])) ?? []
const settings = (image: ImagePlan, stage: string) => image.stages.find((s) => s.name === stage)?.steps.find((s) => s.do === 'env')

describe('the image of a Go program', () => {
  it('brings the programs of the system that it calls', () => {
    const because = { file: 'Dockerfile', line: 2, saw: 'apk add git' }
    const image = plan({ tools: [{ name: 'git', pinned: 'git=1:2.*', because }] })
    expect(image.stages.at(-1)?.base).toEqual({ repository: 'debian', tag: 'trixie-slim' })
    expect(runs(image, 'runtime')[0]?.commands[1]).toMatchObject({
      argv: ['apt-get', 'install', '-y', '--no-install-recommends', 'git=1:2.*'],
    })
  })

  it('builds with the release and runs where nothing else is', () =>
    expect(plan().stages.map((s) => `${s.name} ${s.base.repository}:${s.base.tag}`)).toEqual([
      'probe golang:1.27-trixie',
      'build golang:1.27-trixie',
      'runtime gcr.io/distroless/static-debian13:nonroot',
    ]))

  it('copies manifests to their own folders before the source', () =>
    expect(copies(plan(), 'build')).toEqual([':go.mod go.sum → ./', ':api/go.mod → ./api/', ':cmd/ → ./cmd/', ':doc.go → ./']))

  it('asks the compiler for packages that are there on trial', () => {
    const trial = plan({ programs: [{ ...program, experiment: 'jsonv2' }] })
    expect(settings(trial, 'build')).toMatchObject({ values: { GOTOOLCHAIN: 'local', GOEXPERIMENT: 'jsonv2' } })
    expect(settings(plan(), 'build')).not.toHaveProperty('values.GOEXPERIMENT')
  })

  it('downloads with the network and builds without', () => {
    const [download, compile] = runs(plan(), 'build')
    expect(download).toMatchObject({ network: true, caches: [], commands: [{ argv: ['go', 'mod', 'download'] }] })
    expect(compile).toMatchObject({
      network: false,
      commands: [{ argv: ['go', 'build', '-ldflags=-s -w -buildid=', '-o', '/out/app', './cmd/server'] }],
    })
  })

  it('builds the probe without the project', () => {
    expect(copies(plan(), 'probe')).toEqual([])
    expect(runs(plan(), 'probe')).toMatchObject([{ network: false }])
  })

  it('runs among what it reads, wherever it keeps something', () => {
    const writable = [{ path: '/data', keep: true, held: false, because: [] }]
    const image = (stands: boolean) => plan({ programs: [{ ...program, writable, stands, runPaths: ['web/'] }] })
    expect(image(false).stages.at(-1)?.steps).toContainEqual(expect.objectContaining({ do: 'workdir', path: '/app' }))
    expect(image(true).stages.at(-1)?.steps).toContainEqual(expect.objectContaining({ do: 'workdir', path: '/data' }))
    expect(copies(image(true), 'runtime')).toContain(':web/ → /app/web/')
    expect(JSON.stringify(runs(image(true), 'probe'))).toContain('link()')
    expect(JSON.stringify(runs(image(false), 'probe'))).not.toContain('link()')
  })

  it('asks gRPC for its settings, unless a person names a route', () => {
    const image = plan({ programs: [{ ...program, grpc: true }] })
    expect(image.health?.command).toEqual(['/usr/local/bin/probe', '8080'])
    expect(runs(image, 'probe')[0]?.commands[0]).toMatchObject({
      lines: expect.arrayContaining([expect.stringContaining('PRI * HTTP/2.0')]),
    })
    expect(plan({ programs: [{ ...program, grpc: true }] }, { health: '/up' }).health?.command).toEqual([
      '/usr/local/bin/probe',
      '8080',
      '/up',
    ])
  })

  it('copies what is opened to where it is looked for', () =>
    expect(copies(plan(), 'runtime')).toEqual([
      'probe:/out/probe → /usr/local/bin/probe',
      'build:/out/app → /usr/local/bin/app',
      ':conf/site.yaml → ./conf/',
      ':web/static/ → ./web/static/',
    ]))

  it('takes vendored modules instead of a download', () => {
    const image = plan({ vendored: true, downloads: false })
    expect(runs(image, 'build')).toHaveLength(1)
    expect(copies(image, 'build')).toContain(':vendor/ → ./vendor/')
    expect(settings(image, 'build')).toMatchObject({ values: { GOFLAGS: '-mod=vendor -trimpath -buildvcs=false' } })
  })

  it.each([
    ['nothing', '0', 'static'],
    ['libc', '1', 'base'],
    ['libstdc++', '1', 'cc'],
  ] as const)('linked with %s: CGO_ENABLED=%s, %s', (links, enabled, base) => {
    const image = plan({ programs: [{ ...program, links }] })
    expect(settings(image, 'build')).toMatchObject({ values: { CGO_ENABLED: enabled } })
    expect(image.stages.at(-1)?.base.repository).toBe(`gcr.io/distroless/${base}-debian13`)
  })

  it('sets PORT only for a program that reads it', () => {
    expect(settings(plan(), 'runtime')).toBeUndefined()
    expect(settings(plan({ programs: [{ ...program, portVariable: 'PORT' }] }, { port: 81 }), 'runtime')).toMatchObject({
      values: { PORT: '81' },
    })
  })

  it('asks the chosen port and path', () =>
    expect(plan({}, { port: 81, health: '/up' }).health.command).toEqual(['/usr/local/bin/probe', '81', '/up']))

  it('lets the chosen program say its port unless a person does', () => {
    const programs = [{ ...program, found: { port: { value: 7000, from: 'detected', because: [] } } } as const]
    expect(plan({ programs }).port).toBe(7000)
    expect(plan({ programs }, { port: 81 }).port).toBe(81)
  })

  it('is started with an empty .env where it ends without one', () => {
    const file = (path: string, names: readonly string[]) =>
      plan({ programs: [{ ...program, variablesFile: { path, names, values: { B: '15m' }, because: program.because } }] })
    const image = file('.env', [])
    expect(image.entrypoint).toEqual(['/usr/local/bin/probe', '--load', '--', '/usr/local/bin/app'])
    expect(JSON.stringify(runs(image, 'probe'))).toContain('give()')
    expect(JSON.stringify(runs(image, 'probe'))).toContain(JSON.stringify('  text := []byte("")').slice(1, -1))
    const named = JSON.stringify(runs(file('app.env', ['A', 'B']), 'probe'))
    for (const line of ['  text := []byte("A=\\nB=15m\\n")', '  if _, err := os.Stat("app.env");'])
      expect(named).toContain(JSON.stringify(line).slice(1, -1))
    expect(JSON.stringify(runs(plan(), 'probe'))).not.toContain('give()')
  })

  it('is started so that what it keeps can be changed under the next user id', () => {
    const kept = { path: '/data', keep: true, held: false, because: [] }
    const image = plan({ programs: [{ ...program, writable: [kept] }] })
    expect(image.entrypoint).toEqual(['/usr/local/bin/probe', '--load', '--', '/usr/local/bin/app'])
    expect(JSON.stringify(runs(image, 'probe'))).toContain('syscall.Umask(0)')
    expect(plan().entrypoint).toEqual(['/usr/local/bin/app'])
  })

  it('asks a worker only whether it is there', () => {
    const image = plan({}, { port: 0 })
    expect(image.health.command).toEqual(['/usr/local/bin/probe'])
    expect(JSON.stringify(runs(image, 'probe'))).toContain('/proc/1')
  })

  it.each(['cmd/server', './cmd/server/', 'cmd/server/main.go'])('knows %s as a folder of the module', (start) =>
    expect(runs(plan({}, { start }), 'build').at(-1)).toMatchObject({ commands: [{ argv: expect.arrayContaining(['./cmd/server']) }] }),
  )

  it('refuses what is no program, and names those that are', () => {
    expect(() => plan({}, { start: './cmd/x' })).toThrow(Problem)
    expect(() => plan({}, { start: './cmd/x' })).toThrow('./cmd/x is not a program')
  })

  it('refuses what cannot be built', () => {
    const blocked = { code: 'go-sum-missing', exit: 1, message: 'go.sum is missing', fix: '' } as const
    expect(() => plan({ blocked })).toThrow('go.sum is missing')
    expect(() => plan({ programs: [{ ...program, blocked }] })).toThrow('go.sum is missing')
  })
})
