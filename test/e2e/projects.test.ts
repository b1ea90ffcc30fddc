import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { prove, proveJob, proveProgram, proveSide } from '../../src/edge/prove/prove.ts'
import { installs, type Step, stepsOf } from './build-log.ts'
import { check, engineMissing } from './engine.ts'
import { chosenFixtures, copyOf, expectationOf, isOurs, type Project, program, sourceFile } from './project.ts'

// Stages are built side by side, in any order.
const names = (steps: readonly Step[]): readonly string[] =>
  installs(steps)
    .map((step) => step.name)
    .sort()
const up = (project: Project) => project.run('docker', 'compose', 'up', '--detach', '--wait', '--wait-timeout', '180')
const build = ['compose', '--progress', 'plain', 'build'] as const

interface Service {
  readonly build?: object
  readonly image?: string
  readonly restart?: string
  readonly healthcheck?: { readonly test: readonly string[] }
}

async function servicesOf(project: Project): Promise<readonly (readonly [string, Service])[]> {
  const model = JSON.parse(await project.run('docker', 'compose', 'config', '--format', 'json')) as {
    readonly services: Readonly<Record<string, Service>>
  }
  return Object.entries(model.services)
}

/** The services that run an image of others. */
async function sidesOf(project: Project): Promise<readonly string[]> {
  const own = isOurs(project)
  return (await servicesOf(project)).flatMap(([name, { build, image }]) => (build !== undefined || own(image ?? '') ? [] : [name]))
}

/** The services that run the image of `web` too: jobs that end, or programs that go on. */
async function programsOf(project: Project, which: 'jobs' | 'programs'): Promise<readonly (readonly [string, Service])[]> {
  const own = isOurs(project)
  const further = (await servicesOf(project)).filter(([, { build, image }]) => build === undefined && own(image ?? ''))
  return further.filter(([, { restart }]) => (restart === 'no') === (which === 'jobs'))
}

interface State {
  readonly Pid: number
  readonly ExitCode: number
  readonly StartedAt: string
  readonly FinishedAt: string
  readonly Health?: { readonly Status: string }
}

async function stateOf(project: Project, service: string): Promise<State> {
  const container = (await project.run('docker', 'compose', 'ps', '--all', '--quiet', service)).trim()
  return JSON.parse(await project.run('docker', 'inspect', '--format', '{{json .State}}', container)) as State
}

/** Stops each process of a service where it stands, as a deadlock would. */
async function freeze(project: Project, service: string): Promise<void> {
  const container = (await project.run('docker', 'compose', 'ps', '--quiet', service)).trim()
  const [, ...lines] = (await project.run('docker', 'top', container, '-eo', 'pid')).trim().split('\n')
  for (const line of lines) process.kill(Number(line), 'SIGSTOP')
}

/** What waits in the image of a fixture, whose further programs are written in one language. */
const idle = (name: string): readonly string[] =>
  name.startsWith('django') ? ['python', '-c', 'import time; time.sleep(60)'] : ['/nodejs/bin/node', '-e', 'setTimeout(() => {}, 60_000)']

describe.skipIf(engineMissing() !== undefined).each(chosenFixtures())('%s', (name) => {
  let project: Project
  let firstBuild = ''

  beforeAll(() => {
    project = copyOf(name)
    for (const [key, value] of Object.entries(project.env)) vi.stubEnv(key, value)
  })
  afterAll(async () => {
    await project.remove()
    vi.unstubAllEnvs()
  })

  it('is set up by one command, and builds', async () => {
    await project.run(process.execPath, program, 'init', '--yes', '--force')
    firstBuild = await project.run('docker', ...build)
  })

  it('starts, healthy, and answers', async () => {
    await up(project)
    const { port, path = '/', status, text = '', prints = '' } = project.expected
    expect(await project.run('docker', 'compose', 'logs', '--no-color')).toContain(prints)
    if (port === undefined) return
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' })
    expect({ status: response.status, text: await response.text() }).toEqual({ status, text: expect.stringContaining(text) })
  })

  it('ends its jobs well before any other of its programs starts, and hardens them alike', async ({ skip }) => {
    const further = [...(await programsOf(project, 'jobs')), ...(await programsOf(project, 'programs'))]
    if (further.length === 0) skip('it has one program alone')
    const others = ['web', ...(await programsOf(project, 'programs')).map(([program]) => program)]
    for (const [job] of await programsOf(project, 'jobs')) {
      const { ExitCode, FinishedAt } = await stateOf(project, job)
      expect({ job, ExitCode }).toEqual({ job, ExitCode: 0 })
      for (const other of others)
        expect(Date.parse((await stateOf(project, other)).StartedAt)).toBeGreaterThanOrEqual(Date.parse(FinishedAt))
      const soft = (await proveJob(project.folder, job, idle(name))).filter((property) => !property.holds)
      expect({ job, soft }).toEqual({ job, soft: [] })
    }
    for (const [program] of await programsOf(project, 'programs')) {
      const soft = (await proveProgram(project.folder, program)).filter((property) => !property.holds)
      expect({ program, soft }).toEqual({ program, soft: [] })
    }
  })

  it('tells of a worker that hangs', async ({ skip }) => {
    // Only where the check asks for more than that it is there; asked more often than usual, or it would take minutes.
    const asked = (await programsOf(project, 'programs')).filter(([, { healthcheck }]) => healthcheck?.test.join(' ').includes('voluntary'))
    if (asked.length === 0) skip('it has no worker that looks for work all the time')
    const often = asked.map(([worker]) => `  ${worker}: {healthcheck: {interval: 5s, start_period: 1s, retries: 2}}\n`).join('')
    writeFileSync(join(project.folder, 'often.yaml'), `services:\n${often}`)
    const compose = ['compose', '--file', 'compose.yaml', '--file', 'often.yaml'] as const
    await project.run('docker', ...compose, 'up', '--detach', '--wait', '--wait-timeout', '120')
    for (const [worker] of asked) await freeze(project, worker)
    const health = () => Promise.all(asked.map(async ([worker]) => (await stateOf(project, worker)).Health?.Status))
    await expect.poll(health, { timeout: 90_000, interval: 1000 }).toEqual(asked.map(() => 'unhealthy'))
    await project.run('docker', 'compose', 'kill', ...asked.map(([worker]) => worker))
    rmSync(join(project.folder, 'often.yaml'))
    await up(project)
  })

  it('is hardened', async () => {
    const { port, path = '/', status, text = '' } = project.expected
    const question = { path, text, ...(status === undefined ? {} : { status }) }
    for (const side of await sidesOf(project)) {
      const soft = (await proveSide(project.folder, side, 'web')).filter((property) => !property.holds)
      expect({ side, soft }).toEqual({ side, soft: [] })
    }
    const properties = await (port === undefined ? prove(project.folder, 'worker') : prove(project.folder, 'web', question))
    expect(properties.filter((property) => !property.holds)).toEqual([])
  })

  it.skipIf(expectationOf(name).counts === undefined)(
    'finds its data again after down and up, and leaves none after down --volumes',
    async () => {
      const { port = 0, counts = { path: '/', kept: [], lost: [] } } = project.expected
      const count = async () => (await fetch(`http://127.0.0.1:${port}${counts.path}`)).json()
      const all = (names: readonly string[], value: number) => Object.fromEntries(names.map((each) => [each, value]))
      await up(project)
      expect(await count()).toEqual(all([...counts.kept, ...counts.lost], 1))
      expect(await count()).toEqual(all([...counts.kept, ...counts.lost], 2))
      await project.run('docker', 'compose', 'down')
      await up(project)
      expect(await count()).toEqual({ ...all(counts.kept, 3), ...all(counts.lost, 1) })
      await project.run('docker', 'compose', 'down', '--volumes')
      const label = `label=com.docker.compose.project=${project.env['COMPOSE_PROJECT_NAME']}`
      for (const kind of ['volume', 'network']) expect(await project.run('docker', kind, 'ls', '--quiet', '--filter', label)).toBe('')
    },
  )

  it.skipIf(check === undefined)('draws no finding from any checker', async () => {
    const images = (await project.run('docker', 'compose', 'config', '--images')).trim().split('\n').filter(isOurs(project))
    await project.run(check ?? '', project.folder)
    await project.run(check ?? '', '--image', ...images)
  })

  it('is built again after a change of one line without installing anything again', async () => {
    const source = sourceFile(project.folder)
    appendFileSync(source, source.endsWith('.py') ? '\n# changed\n' : '\n// changed\n')
    const steps = stepsOf(await project.run('docker', ...build))
    expect(names(steps)).toEqual(names(stepsOf(firstBuild)))
    expect(installs(steps).filter((step) => !step.cached)).toEqual([])
    expect(steps.filter((step) => !step.cached)).not.toEqual([])
  })
})
