import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { shippedNames } from '../../src/presets/shipped.ts'
import { check, engineMissing } from './engine.ts'
import { chosenFixtures, copyOf, isOurs, type Project, program } from './project.ts'

// A pair of each ecosystem; every preset over every project with E2E=all, or over those that it names.
const sample = [
  ['slim', 'node-express'],
  ['strict', 'go-http'],
  ['openshift', 'django-uv'],
] as const
const pairs =
  process.env['E2E'] === undefined ? sample : shippedNames.flatMap((preset) => chosenFixtures().map((name) => [preset, name] as const))
// There is no Alpine image to build on: what reads files alone is asked.
if (pairs.some(([preset]) => preset === 'alpine'))
  process.stderr.write('There is no Alpine image here: building and starting with alpine WAS NOT RUN.\n')
const withoutEngine = 'hadolint,trivy,kics,checkov,compose-lint,dclint'
/** What was built and checked, by what was written: files that are the same to the byte are not built twice. */
const done = new Map<string, string>()

describe.skipIf(engineMissing() !== undefined).each(pairs)('%s over %s', (preset, name) => {
  let project: Project
  let refused = false
  let alpine = false
  let same: string | undefined

  beforeAll(() => {
    project = copyOf(name)
    for (const [key, value] of Object.entries(project.env)) vi.stubEnv(key, value)
  })
  afterAll(async () => {
    await project.remove()
    vi.unstubAllEnvs()
  })

  it('is set up, or refused by a floor that the project is below', async () => {
    const set = await project.run(process.execPath, program, 'init', '--yes', '--force', '--preset', preset).catch(String)
    refused = /error floor-broken/.test(set)
    expect(set).toMatch(refused ? /floor (?:lockfile|hashes|errors|supported-release|release) of preset/ : /compose\.yaml +created/)
    if (refused) return
    const texts = ['Dockerfile', '.dockerignore', 'compose.yaml'].map((file) => readFileSync(join(project.folder, file), 'utf8'))
    alpine = texts.some((text) => /^FROM \S*alpine/m.test(text))
    const written = `${name}\0${texts.join('\0')}`
    same = done.get(written)
    done.set(written, preset)
    if (same !== undefined) process.stderr.write(`${preset} writes for ${name} what ${same} does: not built again.\n`)
  })

  it('builds, starts, and answers', async () => {
    if (refused || alpine || same !== undefined) return
    await project.run('docker', 'compose', 'build')
    await project.run('docker', 'compose', 'up', '--detach', '--wait', '--wait-timeout', '180')
    const { port, path = '/', status, text = '', prints = '' } = project.expected
    expect(await project.run('docker', 'compose', 'logs', '--no-color')).toContain(prints)
    if (port === undefined) return
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' })
    expect({ status: response.status, text: await response.text() }).toEqual({ status, text: expect.stringContaining(text) })
  })

  it.skipIf(check === undefined)('draws no finding from any checker', async () => {
    if (refused || same !== undefined) return
    await project.run(check ?? '', ...(alpine ? ['--only', withoutEngine] : []), project.folder)
    if (alpine) return
    const images = (await project.run('docker', 'compose', 'config', '--images')).trim().split('\n').filter(isOurs(project))
    await project.run(check ?? '', '--image', ...images)
  })

  it('is current, and within its floors', async () => {
    if (refused) return
    expect(await project.run(process.execPath, program, 'check', '--require-preset', preset)).toContain('Everything is current.')
  })
})
