import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// What a user downloads, installed somewhere else.
describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pack-'))
  const installed = join(folder, 'installed')
  const app = join(folder, 'app')
  const tool = (...args: readonly string[]) =>
    execa(join(installed, 'node_modules/.bin/secure-docker'), args, { cwd: app, stdin: 'ignore' })

  beforeAll(async () => {
    await execa('npm', ['pack', '--pack-destination', folder])
    const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
    mkdirSync(installed)
    await execa('npm', ['install', '--offline', '--no-audit', '--no-fund', '--prefix', installed, join(folder, tarball)])
    cpSync('test/projects/node-express', app, { recursive: true })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('installs no other', () => {
    expect(readdirSync(join(installed, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['secure-docker'])
  })

  it('holds the program and what its users read, and nothing else', () => {
    const files = readdirSync(join(installed, 'node_modules/secure-docker'))
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'dist', 'package.json']))
    expect(files.filter((name) => !['LICENSE', 'README.md', 'dist', 'docs', 'package.json', 'presets', 'schemas'].includes(name))).toEqual(
      [],
    )
    expect(readdirSync(join(installed, 'node_modules/secure-docker/dist')).filter((name) => name.endsWith('.map'))).toEqual([])
  })

  it('knows its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect((await tool('--version')).stdout).toBe(version)
  })

  it('writes a project its files', async () => {
    await tool('init', '--yes')
    expect(readdirSync(app)).toEqual(expect.arrayContaining(['.dockerignore', 'Dockerfile', 'compose.yaml']))
    expect(readFileSync(join(app, 'Dockerfile'), 'utf8')).toContain('\nUSER 10001:10001\n')
  })

  it('writes nothing the second time', async () => {
    const before = readFileSync(join(app, 'secure-docker.lock'), 'utf8')
    const { stdout } = await tool('init', '--yes')
    expect(stdout).not.toMatch(/\b(new|updated?)\b/)
    expect(readFileSync(join(app, 'secure-docker.lock'), 'utf8')).toBe(before)
  })
})
