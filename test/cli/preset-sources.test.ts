import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith, nodeApp, type Result, textOf, whileServing } from './run.ts'
import { certificate, git, gitHost, gitSettings, release, serve, temporary } from './servers.ts'

const preset = (memory: number, more = ''): string => `description = "Acme's rules"\n${more}[defaults]\nmemory = ${memory}\n`
/** No network: git and npm are not even there. */
const offline = { PATH: '/nowhere', GIT_CONFIG_GLOBAL: '/dev/null' }
const limit = (root: string): string | undefined => textOf(root, 'compose.yaml')?.match(/mem_limit: (\S+)/)?.[1]
const keptFiles = (root: string): readonly string[] =>
  readdirSync(join(root, '.secure-docker/presets'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.\w+$/.test(path))
    .sort()
const all = (root: string): string =>
  [...['Dockerfile', 'compose.yaml', 'secure-docker.toml', 'secure-docker.lock'].map((path) => textOf(root, path))].join('\0')
const fails = (result: Result, exit: number, code: RegExp): void => {
  expect(result.err).toMatch(code)
  expect(result.code).toBe(exit)
}

describe('a git repository that insteadOf leads to', () => {
  const setUp = () => {
    const folder = temporary()
    const source = join(folder, 'source')
    release(source, 'v1.0.0', { 'base/preset.toml': preset(300), 'base/README.md': '# no part of it\n', 'other/preset.toml': preset(1) })
    const bare = join(folder, 'presets.git')
    git(folder, 'clone', '--quiet', '--bare', source, bare)
    const publish = (tag: string | undefined, files: Readonly<Record<string, string>>) => {
      release(source, tag, files)
      git(source, 'push', '--quiet', '--force', '--tags', bare, 'HEAD:main')
    }
    const variables = gitSettings({ [`url.${bare}.insteadOf`]: 'https://github.com/acme/presets.git' })
    return {
      root: folderWith(nodeApp),
      publish,
      run:
        (...args: readonly string[]) =>
        (root: string) =>
          whileServing(variables, root, ...args),
      variables,
    }
  }

  it('is pinned by commit and digest, kept whole, and not needed any more', async () => {
    const { root, run } = setUp()
    const made = await run('init', '--yes', '--preset', 'github>acme/presets//base#^1')(root)
    expect(made.err).not.toMatch(/error/)
    expect(made.code).toBe(0)
    expect(limit(root)).toBe('300m')
    expect(textOf(root, 'secure-docker.toml')).toContain('extends = ["github>acme/presets//base#^1"]\n')
    expect(textOf(root, 'secure-docker.lock')).toMatch(
      /\[presets\."github>acme\/presets\/\/base#\^1"\]\nversion = "v1\.0\.0"\ncommit = "[0-9a-f]{40}"\ndigest = "sha256:[0-9a-f]{64}"\nexact = true\n/,
    )
    expect(keptFiles(root)).toEqual([expect.stringMatching(/^github-acme-presets-base-[0-9a-f]{8}\/preset\.toml$/)])
    const before = all(root)
    expect(await whileServing(offline, root, 'check')).toMatchObject({ code: 0, out: 'Everything is current.\n' })
    expect((await whileServing(offline, root, 'update', '--offline')).code).toBe(0)
    expect(all(root)).toBe(before)
    fails(await whileServing(offline, root, 'update'), 8, /preset-not-fetched/)
    expect(all(root)).toBe(before)
  })

  it('is shown and tried as it is, and as it is kept where it is pinned', async () => {
    const { root, run, publish } = setUp()
    const ref = 'github>acme/presets//base#^1'
    const before = readdirSync(root)
    const shown = await run('preset', 'show', ref)(root)
    expect(shown).toMatchObject({ code: 0, out: preset(300) })
    expect(shown.err).toMatch(/github>acme\/presets\/\/base#v1\.0\.0, sha256:[0-9a-f]{12}, just fetched\n$/)
    expect(JSON.parse((await run('preset', 'show', ref, '--json')(root)).out)).toMatchObject({
      version: 'v1.0.0',
      files: { 'preset.toml': preset(300) },
    })
    expect((await run('preset', 'test', ref)(root)).out).toContain('+    mem_limit: 300m')
    expect(readdirSync(root)).toEqual(before)
    await run('init', '--yes', '--preset', ref)(root)
    publish('v1.1.0', { 'base/preset.toml': preset(400) })
    expect(await whileServing(offline, root, 'preset', 'show', ref)).toMatchObject({ code: 0, out: preset(300) })
    fails(await whileServing(offline, root, 'preset', 'show', 'github>acme/presets//base#v1.1.0'), 8, /preset-not-fetched/)
    expect((await run('preset', 'show', 'github>acme/presets//base#v1.1.0')(root)).out).toBe(preset(400))
  })

  it('moves on within its range, with the difference shown', async () => {
    const { root, run, publish } = setUp()
    await run('init', '--yes', '--preset', 'github>acme/presets//base#^1')(root)
    publish('v1.1.0', { 'base/preset.toml': preset(400) })
    publish('v2.0.0', { 'base/preset.toml': preset(500) })
    expect(await whileServing(offline, root, 'check')).toMatchObject({ code: 0 })
    const shown = await run('update', '--dry-run')(root)
    expect(shown.out).toContain('preset github>acme/presets//base#^1 v1.0.0 → v1.1.0')
    expect(shown.out).toContain('-memory = 300\n+memory = 400\n')
    expect(limit(root)).toBe('300m')
    expect((await run('update')(root)).code).toBe(0)
    expect(limit(root)).toBe('400m')
    const checked = await whileServing(offline, root, 'check')
    expect(checked.code).toBe(0)
    expect(checked.err).toContain('github>acme/presets//base#^1 is at v1.1.0; v2.0.0 is out')
  })

  it('is an error when a release has other content than before', async () => {
    const { root, run, publish } = setUp()
    for (const ref of ['github>acme/presets//base#v1.0.0', 'github>acme/presets//base#^1']) {
      rmSync(join(root, 'secure-docker.toml'), { force: true })
      publish('v1.0.0', { 'base/preset.toml': preset(300) })
      expect((await run('init', '--yes', '--force', '--preset', ref)(root)).code).toBe(0)
      publish('v1.0.0', { 'base/preset.toml': preset(9999) })
      const before = all(root)
      fails(await run('update')(root), 6, /preset-moved.*v1\.0\.0/s)
      expect(all(root)).toBe(before)
      expect(await whileServing(offline, root, 'check')).toMatchObject({ code: 0 })
    }
  })

  it('follows a branch, and leads on to its neighbours', async () => {
    const { root, run, publish } = setUp()
    publish(undefined, { 'node.toml': `description = "n"\nextends = ["./base"]\n[defaults]\npids = 77\n` })
    expect((await run('init', '--yes', '--preset', 'github>acme/presets//node.toml#main')(root)).code).toBe(0)
    expect(limit(root)).toBe('300m')
    expect(textOf(root, 'compose.yaml')).toContain('pids_limit: 77\n')
    expect(keptFiles(root)).toHaveLength(2)
    publish(undefined, { 'base/preset.toml': preset(350) })
    expect((await run('update')(root)).code).toBe(0)
    expect(limit(root)).toBe('350m')
    writeFileSync(join(root, 'secure-docker.toml'), '')
    const left = await run('update')(root)
    expect(left.out).toContain('preset github>acme/presets//base#main main removed')
    expect(keptFiles(root)).toEqual([])
    expect(textOf(root, 'secure-docker.lock')).not.toContain('acme')
  })

  it('is missed by check when it is named anew, or no longer, even where no file would change', async () => {
    const { root, run, publish } = setUp()
    publish('v3.0.0', { 'base/preset.toml': preset(512) })
    const named = 'extends = ["github>acme/presets//base#v3.0.0"]\n'
    expect((await run('init', '--yes')(root)).code).toBe(0)
    writeFileSync(join(root, 'secure-docker.toml'), named)
    fails(await whileServing(offline, root, 'check'), 5, /preset-not-pinned.*secure-docker\.toml:1/s)
    const compose = textOf(root, 'compose.yaml')
    expect((await run('update')(root)).code).toBe(0)
    expect(await whileServing(offline, root, 'check')).toMatchObject({ code: 0, out: 'Everything is current.\n' })
    writeFileSync(join(root, 'secure-docker.toml'), '')
    const checked = await whileServing(offline, root, 'check')
    expect(checked).toMatchObject({
      code: 5,
      out: 'preset github>acme/presets//base#v3.0.0 v3.0.0 removed\nThe files stay as they are; secure-docker.lock is out of date.\n',
    })
    expect(checked.err).toContain('secure-docker update')
    expect((await whileServing(offline, root, 'check', '--format', 'github')).out).toMatch(
      /^::error file=secure-docker\.toml,line=1.*removed/,
    )
    expect((await whileServing(offline, root)).out).toContain('secure-docker update')
    expect((await run('update')(root)).code).toBe(0)
    expect(await whileServing(offline, root, 'check')).toMatchObject({ code: 0, out: 'Everything is current.\n' })
    expect(textOf(root, 'compose.yaml')).toBe(compose)
  })

  it('is not what was kept when that was edited, and is mended from there', async () => {
    const { root, run } = setUp()
    await run('init', '--yes', '--preset', 'github>acme/presets//base#v1.0.0')(root)
    const kept = join(root, '.secure-docker/presets', keptFiles(root)[0] ?? '')
    for (const change of [() => writeFileSync(kept, preset(1)), () => rmSync(kept), () => writeFileSync(`${kept}.hbs`, 'more')]) {
      change()
      fails(await run('check')(root), 6, /preset-damaged/)
      expect((await run('preset', 'update')(root)).code).toBe(0)
    }
    rmSync(kept)
    fails(await run('update')(root), 6, /preset-damaged/)
    expect((await run('preset', 'update')(root)).code).toBe(0)
    writeFileSync(kept, readFileSync(kept, 'utf8').replaceAll('\n', '\r\n'))
    expect((await run('check')(root)).code).toBe(0)
  })

  it.each([
    ['github>acme/presets//base#^3', /no tag in the range \^3/],
    ['github>acme/presets//base#v7', /no tag or branch v7/],
    ['github>acme/presets//none#v1.0.0', /no preset\.toml in none/],
    ['github>acme/presets#v1.0.0', /no preset\.toml in its root/],
  ])('that does not hold %s is said so, and nothing is written', async (ref, why) => {
    const { root, run } = setUp()
    const before = readdirSync(root)
    fails(await run('init', '--yes', '--preset', ref)(root), 8, why)
    expect(readdirSync(root).filter((name) => name !== '.secure-docker')).toEqual(before)
  })

  it('may not hold links, nor more than fits', async () => {
    const { root, run, publish } = setUp()
    publish('v1.2.0', { 'big/preset.toml': `# ${'x'.repeat(300_000)}\n${preset(1)}` })
    fails(await run('init', '--yes', '--preset', 'github>acme/presets//big#v1.2.0')(root), 8, /larger than 256 KiB/)
    publish('v1.3.0', Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`many/${i}.hbs`, 'x'])))
    publish('v1.3.0', { 'many/preset.toml': preset(1) })
    fails(await run('init', '--yes', '--preset', 'github>acme/presets//many#v1.3.0')(root), 8, /more than 100 files/)
  })
})

describe('a git host with a certificate and a password of its own', () => {
  it('is asked with what git knows', async () => {
    const folder = temporary()
    release(join(folder, 'team/presets'), 'v1.0.0', { 'preset.toml': preset(300) })
    const { file, ...tls } = certificate()
    const port = await serve(gitHost(folder, 'open sesame'), tls)
    const ref = `git+https://127.0.0.1:${port}/team/presets/.git#v1.0.0`
    const root = folderWith(nodeApp)
    const helper = join(folder, 'helper')
    writeFileSync(helper, '#!/bin/sh\necho username=bot\necho "password=open sesame"\n', { mode: 0o755 })
    const without = await whileServing(gitSettings({ 'http.sslCAInfo': file }), root, 'init', '--yes', '--preset', ref)
    fails(without, 8, /preset-not-fetched/)
    expect(without.err).toContain('git ls-remote')
    fails(await whileServing(gitSettings({ 'credential.helper': helper }), root, 'init', '--yes', '--preset', ref), 8, /certificate/)
    const made = await whileServing(
      gitSettings({ 'http.sslCAInfo': file, 'credential.helper': helper }),
      root,
      'init',
      '--yes',
      '--preset',
      ref,
    )
    expect(made.err).not.toMatch(/error/)
    expect(made.code).toBe(0)
    expect(limit(root)).toBe('300m')
    expect(all(root)).not.toContain('sesame')
    expect((await whileServing(offline, root, 'check')).code).toBe(0)
  })

  it('may not send git elsewhere', async () => {
    const { file, ...tls } = certificate()
    const elsewhere = await serve((_, response) => void response.end('reached'), tls)
    const port = await serve(
      (request, response) => void response.writeHead(301, { location: `https://localhost:${elsewhere}${request.url ?? ''}` }).end(),
      tls,
    )
    const root = folderWith(nodeApp)
    fails(
      await whileServing(gitSettings({ 'http.sslCAInfo': file }), root, 'init', '--yes', '--preset', `git+https://127.0.0.1:${port}/x.git`),
      8,
      /preset-not-fetched/,
    )
  })
})

describe('an npm package', () => {
  /** A registry that knows one package, for whoever has the token. */
  async function registry(versions: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<number> {
    const name = '@acme/presets'
    const folder = temporary()
    const packed = Object.entries(versions).map(([version, files]) => {
      const at = join(folder, version, 'package')
      mkdirSync(at, { recursive: true })
      for (const [path, text] of Object.entries({
        'package.json': JSON.stringify({ name, version, scripts: { install: 'touch /tmp/ran' } }),
        ...files,
      }))
        writeFileSync(join(at, path), text)
      const tarball = join(folder, `${version}.tgz`)
      execFileSync('tar', ['-czf', tarball, '-C', join(folder, version), 'package'])
      return [version, readFileSync(tarball)] as const
    })
    const port: number = await serve((request, response) => {
      if (request.headers.authorization !== 'Bearer s3cret') return void response.writeHead(401).end('{}')
      const wanted = packed.find(([version]) => request.url === `/tar/${version}.tgz`)
      if (wanted !== undefined) return void response.end(wanted[1])
      if (decodeURIComponent(request.url ?? '') !== `/${name}`) return void response.writeHead(404).end('{}')
      const described = packed.map(([version, bytes]) => {
        const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
        return [version, { name, version, dist: { integrity, tarball: `http://127.0.0.1:${port}/tar/${version}.tgz` } }]
      })
      const latest = packed.at(-1)?.[0]
      response.setHeader('content-type', 'application/json')
      return void response.end(JSON.stringify({ name, 'dist-tags': { latest }, versions: Object.fromEntries(described) }))
    })
    return port
  }

  it('comes from the registry of its scope, with the token of .npmrc', async () => {
    const port = await registry({
      '1.0.0': { 'preset.toml': preset(300) },
      '1.4.0': { 'preset.toml': preset(340), 'x.hbs': '' },
      '2.0.0': { 'preset.toml': preset(500) },
    })
    const npmrc = `@acme:registry=http://127.0.0.1:${port}/\n//127.0.0.1:${port}/:_authToken=\${ACME_TOKEN}\n`
    const root = folderWith({ ...nodeApp, '.npmrc': npmrc })
    const variables = { ACME_TOKEN: 's3cret', npm_config_cache: temporary(), npm_config_userconfig: '/dev/null' }
    const denied = await whileServing({ ...variables, ACME_TOKEN: 'no' }, root, 'init', '--yes', '--preset', 'npm>@acme/presets#^1')
    fails(denied, 8, /preset-not-fetched.*npm view @acme\/presets/s)
    expect((await whileServing(variables, root, 'preset', 'show', 'npm>@acme/presets#~1.0')).out).toBe(preset(300))
    const made = await whileServing(variables, root, 'init', '--yes', '--preset', 'npm>@acme/presets#^1')
    expect(made.err).not.toMatch(/error/)
    expect(made.code).toBe(0)
    expect(limit(root)).toBe('340m')
    expect(textOf(root, 'secure-docker.lock')).toMatch(/\[presets\."npm>@acme\/presets#\^1"\]\nversion = "1\.4\.0"\nnewest = "2\.0\.0"\n/)
    expect(keptFiles(root).map((path) => path.replace(/^.*\//, ''))).toEqual(['preset.toml', 'x.hbs'])
    expect((await whileServing(offline, root, 'check')).code).toBe(0)
    fails(
      await whileServing(variables, root, 'init', '--yes', '--preset', 'npm>@acme/presets#9.9.9'),
      8,
      /no version 9\.9\.9.*newest is 2\.0\.0/s,
    )
  })
})

describe('a file behind an address', () => {
  it('is fetched with the authorities of NODE_EXTRA_CA_CERTS, and follows what stands there', async () => {
    const { file, ...tls } = certificate()
    let memory = 300
    const port = await serve((request, response) => {
      if (request.url === '/moved.toml') return void response.writeHead(302, { location: '/base.toml' }).end()
      if (request.url === '/away.toml') return void response.writeHead(302, { location: 'https://localhost:1/base.toml' }).end()
      if (request.url === '/loop.toml') return void response.writeHead(302, { location: '/loop.toml' }).end()
      if (request.url === '/plain.toml') return void response.writeHead(302, { location: 'http://127.0.0.1/x' }).end()
      if (request.url === '/endless.toml') {
        const timer = setInterval(() => response.write('#'.repeat(65_536)), 1)
        return void response.on('close', () => clearInterval(timer))
      }
      if (request.url !== '/base.toml') return void response.writeHead(404).end()
      return void response.end(preset(memory))
    }, tls)
    const address = (path: string): string => `https://127.0.0.1:${port}/${path}.toml`
    const variables = { NODE_EXTRA_CA_CERTS: file }
    const root = folderWith(nodeApp)
    const init = (path: string, known = variables) => whileServing(known, root, 'init', '--yes', '--preset', address(path))
    fails(await init('base', { NODE_EXTRA_CA_CERTS: '' }), 8, /NODE_EXTRA_CA_CERTS/)
    fails(await init('away'), 8, /redirects to another place/)
    fails(await init('plain'), 8, /redirects to another place/)
    fails(await init('loop'), 8, /more than 5 times/)
    fails(await init('endless'), 8, /larger than 256 KiB/)
    fails(await init('none'), 8, /answers 404/)
    expect(textOf(root, 'Dockerfile')).toBeUndefined()
    expect((await init('moved')).code).toBe(0)
    expect(limit(root)).toBe('300m')
    expect((await whileServing(offline, root, 'check')).code).toBe(0)
    expect((await whileServing(variables, root, 'preset', 'show', address('base'))).out).toBe(preset(300))
    memory = 310
    const updated = await whileServing(variables, root, 'update')
    expect(updated.out).toContain('-memory = 300\n+memory = 310\n')
    expect(limit(root)).toBe('310m')
  })
})
