import { chmodSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { folderWith, nodeApp, secureDocker, textOf, whileServing } from './run.ts'

const shop = {
  'package.json': '{ "name": "shop", "scripts": { "start": "node server.js" }, "dependencies": { "ioredis": "5", "pg": "8" } }\n',
  'server.js': `const { Pool } = require('pg')
const Redis = require('ioredis')
const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const cache = process.env.REDIS_URL ? new Redis(process.env.REDIS_URL) : undefined
require('node:http').createServer((_, r) => r.end('hi')).listen(process.env.PORT || 3000)
`,
}
const servicesIn = (root: string) =>
  [...(textOf(root, 'compose.yaml') ?? '').matchAll(/^ {2}(\w+):\n {4}(?:image|build)/gm)].map(([, name]) => name)

describe('services', () => {
  it('that are needed are set up; optional ones when they are asked for, and that is remembered', () => {
    const root = folderWith(shop)
    expect(secureDocker(root, 'init', '--yes')).toMatchObject({ code: 0, err: expect.stringContaining('redis (optional)') })
    expect(servicesIn(root)).toEqual(['postgres', 'web'])
    expect(secureDocker(root, 'init', '--yes', '--services', 'redis').code).toBe(0)
    expect(textOf(root, 'secure-docker.toml')).toContain('services = "redis"')
    expect(secureDocker(root, 'update').code).toBe(0)
    expect(servicesIn(root)).toEqual(['postgres', 'redis', 'web'])
    expect(secureDocker(root, 'env').out).toMatch(/REDIS_URL +from the service redis/)
  })

  it('that are elsewhere are told by a secret that is yours to fill in', () => {
    const root = folderWith(shop)
    const { code, out } = secureDocker(root, 'init', '--yes', '--answer', 'services=-postgres')
    expect([code, servicesIn(root)]).toEqual([0, ['web']])
    expect(out).toContain("echo 'DATABASE_URL=…' > .secrets/DATABASE_URL")
    expect(secureDocker(root, 'env').out).toMatch(/DATABASE_URL +secret, yours to fill in/)
    expect(secureDocker(root, 'check').code).toBe(0)
  })

  it.each(['kafka', 'reddis', '-'])('%j is refused', (services) => {
    const root = folderWith(shop)
    expect(secureDocker(root, 'init', '--yes', `--services=${services}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('option-invalid'),
    })
    expect(textOf(root, 'compose.yaml')).toBeUndefined()
  })

  it('are published for this machine alone when that is chosen, until it is not', () => {
    const root = folderWith(shop)
    expect(secureDocker(root, 'init', '--yes', '--expose-db').code).toBe(0)
    expect(textOf(root, 'secure-docker.toml')).toContain('expose-db = true')
    expect(textOf(root, 'compose.yaml')).toContain("'127.0.0.1:5432:5432'")
    expect(textOf(root, 'compose.yaml')).not.toContain('internal: true')
    expect(secureDocker(root, 'init', '--yes', '--expose-db=false').code).toBe(0)
    expect(textOf(root, 'compose.yaml')).not.toContain('5432:5432')
    expect(textOf(root, 'compose.yaml')).toContain('internal: true')
  })
})

describe('the port of the app', () => {
  it.each([
    ['8123', "- '127.0.0.1:8123:3000'"],
    ['3000-3001', "- '127.0.0.1:3000-3001:3000'"],
    ['3001-3000', "- '127.0.0.1:3000-3001:3000'"],
  ])('is published on %s', (publish, line) => {
    const root = folderWith(nodeApp)
    expect(secureDocker(root, 'init', '--yes', '--publish', publish).code).toBe(0)
    expect(textOf(root, 'compose.yaml')).toContain(line)
    expect(secureDocker(root, 'check').code).toBe(0)
  })

  it('is not published, or what was said is no port', () => {
    const root = folderWith(nodeApp)
    expect(secureDocker(root, 'init', '--yes', '--publish', '0.0.0.0:80').code).toBe(2)
    expect(secureDocker(root, 'init', '--yes', '--publish', '70000').code).toBe(2)
    expect(secureDocker(root, 'init', '--yes', '--publish', 'none').code).toBe(0)
    expect(textOf(root, 'compose.yaml')).not.toContain('ports:')
  })

  it('is said to be in use before anything is started, where there is an engine; what is written is the same', async () => {
    const other = createServer()
    await new Promise<void>((settle) => other.listen(0, '127.0.0.1', settle))
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    const app = { ...nodeApp, 'server.js': `require('node:http').createServer().listen(${port})\n` }
    const engine = folderWith({ docker: '#!/bin/sh\nexit 0\n' })
    chmodSync(`${engine}/docker`, 0o755)
    const run = async (root: string, bin: string) =>
      whileServing({ PATH: `${bin}:${process.env['PATH']}`, DOCKER_HOST: 'unix:///nowhere' }, root, 'init', '--yes')
    const [used, unused] = [folderWith(app), folderWith(app)]
    const { code, err } = await run(used, engine)
    expect(code).toBe(0)
    expect(err).toMatch(new RegExp(`port ${port} of this machine is in use[\\s\\S]*secure-docker init --publish \\d+`))
    expect((await run(unused, '')).err).not.toContain('in use')
    expect(textOf(used, 'compose.yaml')).toBe(textOf(unused, 'compose.yaml'))
  })
})

describe('a compose file that is there', () => {
  const theirs = `services:
  api:
    build: .
    ports: ["8080:3000"]
    environment: { DATABASE_URL: "postgres://me:hush@my_db:5432/shop" }
  my_db:
    image: postgres:16-alpine
    ports: ["5433:5432"]
  proxy:
    image: nginx
`
  const files = { ...shop, 'docker-compose.yml': theirs }

  it('is left, and told what ours would make of each service', () => {
    const root = folderWith(files)
    const { code, out, err } = secureDocker(root, 'init', '--yes')
    expect([code, textOf(root, 'docker-compose.yml')]).toEqual([4, theirs])
    expect(err).toContain('docker-compose.yml and compose.yaml, service by service:\n  api: kept\n')
    expect(err).toMatch(
      /my_db: kept\n {4}changes image \(postgres:16-alpine -> postgres:16\), ports \(5433:5432 -> none\)\n {4}adds [\s\S]*read_only/,
    )
    expect(err).toContain('  proxy: not in ours\n')
    expect(`${out}${err}`).not.toContain('hush')
  })

  it('is shown as a patch where nothing is written', () => {
    const { out } = secureDocker(folderWith(files), 'init', '--yes', '--dry-run')
    expect(out).toContain('--- a/docker-compose.yml\n+++ b/docker-compose.yml\n')
    expect(out).toContain('+    read_only: true\n')
  })

  it.each(['--beside', '--force'])('has its names, releases and ports kept (%s), also by later runs', (how) => {
    const root = folderWith(files)
    expect(secureDocker(root, 'init', '--yes', how, '--expose-db').code).toBe(0)
    const path = how === '--beside' ? 'compose.hardened.yaml' : 'compose.yaml'
    // Beside ours Compose would warn of it at each command.
    expect(textOf(root, 'docker-compose.yml')).toBe(how === '--beside' ? theirs : undefined)
    const text = textOf(root, path)
    for (const line of ['  api:\n', '  my_db:\n    image: postgres:16\n', "'127.0.0.1:8080:3000'", "'127.0.0.1:5433:5432'"])
      expect(text).toContain(line)
    expect(secureDocker(root, 'update').code).toBe(0)
    expect(textOf(root, path)).toBe(text)
  })
})
