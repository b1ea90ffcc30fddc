import { appendFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { prove, proveSide } from '../../src/edge/prove/prove.ts'
import { installs, type Step, stepsOf } from './build-log.ts'
import { check, engineMissing } from './engine.ts'
import { chosenFixtures, copyOf, expectationOf, type Project, program, sourceFile } from './project.ts'

// Stages are built side by side, in any order.
const names = (steps: readonly Step[]): readonly string[] =>
  installs(steps)
    .map((step) => step.name)
    .sort()
const up = (project: Project) => project.run('docker', 'compose', 'up', '--detach', '--wait', '--wait-timeout', '180')
const build = ['compose', '--progress', 'plain', 'build'] as const

/** Images that are built here are named after the Compose project. */
const isOurs =
  ({ env }: Project) =>
  (image: string) =>
    image.startsWith(env['COMPOSE_PROJECT_NAME'] ?? '')

/** The services that run an image of others. */
async function sidesOf(project: Project): Promise<readonly string[]> {
  const model = JSON.parse(await project.run('docker', 'compose', 'config', '--format', 'json')) as {
    readonly services: Readonly<Record<string, { readonly build?: object; readonly image?: string }>>
  }
  const own = isOurs(project)
  return Object.entries(model.services).flatMap(([name, { build, image }]) => (build !== undefined || own(image ?? '') ? [] : [name]))
}

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
    await project.run(process.execPath, program, 'init', '--yes')
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
