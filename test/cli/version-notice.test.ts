import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { folderWith, nodeApp, withVariables } from './run.ts'
import { inTerminal, noTerminal } from './terminal.ts'

const nothing = { SECURE_DOCKER_NO_VERSION_NOTICE: '', CI: '' }
if (noTerminal !== undefined) process.stderr.write(`version notice: WAS NOT RUN, ${noTerminal}\n`)

/** A registry that knows one version of this program, and what it was asked for. `silent` never answers. */
async function registry(version: string, silent = false): Promise<{ readonly address: string; readonly asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (silent) return
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        name: 'secure-docker',
        'dist-tags': { latest: version },
        versions: { [version]: { name: 'secure-docker', version } },
      }),
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked }
}

function home(address: string): { readonly env: Readonly<Record<string, string>>; readonly cache: string; readonly app: string } {
  const app = folderWith({ ...nodeApp, '.npmrc': 'registry=http://127.0.0.1:9/\n' })
  const user = folderWith({ '.npmrc': `registry=${address}\n` })
  const env = {
    ...nothing,
    HOME: user,
    XDG_CACHE_HOME: join(user, 'cache'),
    npm_config_cache: join(user, 'npm'),
    npm_config_userconfig: join(user, '.npmrc'),
    npm_config_registry: address,
  }
  return { env, cache: join(user, 'cache', 'secure-docker'), app }
}

describe.skipIf(noTerminal !== undefined)('the version notice', () => {
  test('comes from npm, a run later, and once a day', async () => {
    const { address, asked } = await registry('99.0.0')
    const { env, cache, app } = home(address)
    const first = await inTerminal(app, ['detect'], [], { env })
    expect(first.screen).not.toContain('note: secure-docker')
    await vi.waitFor(() => expect(readFileSync(join(cache, 'latest-version'), 'utf8')).toBe('99.0.0\n'), { timeout: 60_000, interval: 200 })
    expect(asked).toContain('/secure-docker')
    const told = 'note: secure-docker 99.0.0 is there; this is'
    expect((await inTerminal(app, ['detect'], [], { env })).screen).toContain(told)
    expect((await inTerminal(app, ['detect'], [], { env })).screen).not.toContain(told)
    const before = asked.length
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000)
    utimesSync(join(cache, 'notice-shown'), yesterday, yesterday)
    expect((await inTerminal(app, ['detect'], [], { env })).screen).toContain(told)
    expect(asked.length).toBe(before)
  })

  test('waits for nobody: a registry that never answers, a cache that is a file', async () => {
    const { address } = await registry('99.0.0', true)
    const { env, app } = home(address)
    expect((await inTerminal(app, ['detect'], [], { env })).code).toBe(0)
    const root = folderWith({ cache: 'a file' })
    expect((await inTerminal(app, ['detect'], [], { env: { ...env, XDG_CACHE_HOME: join(root, 'cache') } })).code).toBe(0)
  })

  test('has nothing to say where it is off', async () => {
    const { address, asked } = await registry('99.0.0')
    const { env, cache, app } = home(address)
    await inTerminal(app, ['detect'], [], { env: { ...env, SECURE_DOCKER_NO_VERSION_NOTICE: '1' } })
    await inTerminal(app, ['detect'], [], { env: { ...env, CI: 'true' } })
    withVariables(env, app, 'detect')
    expect(existsSync(cache)).toBe(false)
    expect(asked).toEqual([])
  })

  test('does not repeat what is no version', async () => {
    const { address } = await registry('99.0.0')
    const { env, cache, app } = home(address)
    await inTerminal(app, ['detect'], [], { env })
    await vi.waitFor(() => expect(existsSync(join(cache, 'latest-version'))).toBe(true))
    await vi.waitFor(() => expect(readFileSync(join(cache, 'latest-version'), 'utf8')).not.toBe(''), { timeout: 60_000, interval: 200 })
    writeFileSync(join(cache, 'latest-version'), 'npm error 404\n')
    expect((await inTerminal(app, ['detect'], [], { env })).screen).not.toContain('404')
  })
})
