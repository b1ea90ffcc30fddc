import { describe, expect, it } from 'vitest'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { detectNode } from './detect.ts'

type Texts = Readonly<Record<string, string>>

function treeOf(texts: Texts, others: readonly string[] = []): Tree {
  const files = [...Object.keys(texts), ...others]
  const folders = files.flatMap((file) => [...file.matchAll(/\//g)].map((slash) => file.slice(0, slash.index)))
  return { files: new Set(files), folders: new Set(folders), texts: new Map(Object.entries(texts)), unread: new Map() }
}

const express = { dependencies: { express: '^5.0.0' } }
const lockOf = (packages: Readonly<Record<string, object>>) => JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } })
const detect = (manifest: object, texts: Texts = {}, others: readonly string[] = []) => {
  const app = detectNode(treeOf({ 'package.json': JSON.stringify(manifest, null, 2), ...texts }, others))
  if (app === undefined) throw new Error('no Node.js app was seen')
  return app
}
const codes = (app: ReturnType<typeof detect>) => app.notices.map(({ code }) => code)
const problemOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error.text
    throw error
  }
  return undefined
}

describe('what is started', () => {
  const served = { 'server.js': '', 'src/server.js': '', 'src/index.js': '', 'bin/www': '' }
  it.each([
    ['node server.js', 'server.js', [], []],
    ['node ./src/server.js --verbose', 'src/server.js', [], ['--verbose']],
    ['NODE_ENV=production node src/server', 'src/server', [], []],
    ['cross-env PORT=4000 node --max-old-space-size=512 server.js', 'server.js', ['--max-old-space-size=512'], []],
    ['node --env-file=.env --inspect server.js', 'server.js', [], []],
    ['node -r ./server.js src/index.js', 'src/index.js', ['-r', './server.js'], []],
    ['nodemon src/index.js', 'src/index.js', [], []],
    ['nodemon --exec node src/index.js', 'src/index.js', [], []],
    ['npm run serve', 'src/index.js', [], []],
    ['./node_modules/.bin/nodemon ./bin/www', 'bin/www', [], []],
    ['pm2-runtime src/server.js', 'src/server.js', [], []],
    ['dotenv -- node server.js', 'server.js', [], []],
    ['node .', 'src/index.js', [], []],
  ])('%s', (start, file, flags, args) => {
    const app = detect({ ...express, main: 'src/index.js', scripts: { start, serve: 'node src/index.js' } }, served)
    expect([app.found.start?.value, app.flags, app.args]).toEqual([file, flags, args])
    expect(app.found.start?.because[0]).toMatchObject({ file: 'package.json' })
  })

  it('prefers the script for production, and the Procfile before all', () => {
    const scripts = { start: 'nodemon server.js', 'start:prod': 'node src/server.js' }
    expect(detect({ ...express, scripts }, served).found.start?.value).toBe('src/server.js')
    const procfile = detect({ ...express, scripts }, { ...served, Procfile: 'web: node src/index.js\n' })
    expect(procfile.found.start).toMatchObject({ value: 'src/index.js', because: [{ file: 'Procfile', line: 1 }] })
  })

  it('takes a well-known file only when no script names another', () => {
    expect(detect(express, { 'src/index.js': '' }).found.start?.value).toBe('src/index.js')
    const missing = detect({ ...express, scripts: { start: 'node lost.js' } }, { 'src/index.js': '' })
    expect(missing.found.start).toBeUndefined()
    expect(missing.questions[0]?.why).toContain(
      'npm start leads to lost.js, which is neither in the repository nor made by a build script.',
    )
  })

  it('takes sources for a browser for no server', () => {
    const app = detect({ devDependencies: { vite: '^8.0.0' }, scripts: { start: 'vite', build: 'vite build' } }, { 'src/main.js': '' })
    expect(app.found.start).toBeUndefined()
    expect(app.questions[0]?.why).toContain('vite makes files for a browser, and sites of such files alone are not served yet.')
  })

  describe('the server that a framework builds', () => {
    const node = "import adapter from '@sveltejs/adapter-node'\nexport default { kit: { adapter: adapter() } }\n"
    const astro = "import node from '@astrojs/node'\nexport default { output: 'server', adapter: node({ mode: 'standalone' }) }\n"
    const nuxt = 'export default defineNuxtConfig({ modules: [] })\n'
    it.each([
      ['SvelteKit', '@sveltejs/adapter-node', 'vite build', 'svelte.config.js', node, 'build/index.js'],
      ['SvelteKit', '@sveltejs/adapter-node', 'vite build', 'svelte.config.js', node.replace('()', "({ out: './out' })"), 'out/index.js'],
      ['Astro', '@astrojs/node', 'astro build', 'astro.config.mjs', astro, 'dist/server/entry.mjs'],
      ['Nuxt', 'nuxt', 'nuxt build', 'nuxt.config.ts', nuxt, '.output/server/index.mjs'],
      [
        'Nuxt',
        'nuxt',
        'nuxi build',
        'nuxt.config.ts',
        nuxt.replace('modules: []', "nitro: { preset: 'node-server' }"),
        '.output/server/index.mjs',
      ],
    ])('%s of %s by %s', (_, name, build, file, text, start) => {
      const scripts = { dev: 'vite dev', start: 'vite dev', build }
      const app = detect({ devDependencies: { [name]: '^5.0.0', vite: '^5.0.0' }, scripts }, { [file]: text })
      expect(app.found.start).toMatchObject({ value: start, because: [{ file }] })
      expect(app.build.commands).toEqual([['npm', 'run', 'build']])
      expect(app.outputs).toContain(start.split('/')[0])
      expect(app.portVariable).toBe('PORT')
    })

    it.each([
      ['another adapter', '@sveltejs/adapter-node', 'vite build', 'svelte.config.js', node.replace('adapter-node', 'adapter-static')],
      ['a middleware', '@astrojs/node', 'astro build', 'astro.config.mjs', astro.replace('standalone', 'middleware')],
      ['another place to run', 'nuxt', 'nuxt build', 'nuxt.config.ts', nuxt.replace('modules: []', "nitro: { preset: 'vercel' }")],
      ['files alone', 'nuxt', 'nuxt generate', 'nuxt.config.ts', nuxt],
    ])('is not there with %s', (_, name, build, file, text) => {
      expect(detect({ dependencies: { [name]: '^5.0.0' }, scripts: { build } }, { [file]: text }).found.start).toBeUndefined()
    })

    it('is not there with a Nuxt before release 3', () => {
      expect(
        detect({ dependencies: { nuxt: '^2.15.0' }, scripts: { build: 'nuxt build' } }, { 'nuxt.config.js': nuxt }).found.start,
      ).toBeUndefined()
    })
  })

  it('takes what the compiler makes of TypeScript', () => {
    const app = detect(
      { ...express, scripts: { start: 'node dist/server.js', build: 'tsc' }, devDependencies: { typescript: '^5.0.0' } },
      { 'src/server.ts': '', 'tsconfig.json': '{"compilerOptions": {"outDir": "./dist"}}' },
    )
    expect([app.found.start?.value, app.build.commands, app.outputs]).toEqual(['dist/server.js', [['npm', 'run', 'build']], ['dist']])
    expect(app.runsDevelopment).toBe(false)
  })

  it('runs TypeScript as it is when nothing builds it, with what it needs for that', () => {
    const app = detect({ ...express, scripts: { start: 'tsx src/server.ts' }, devDependencies: { tsx: '^4.0.0' } }, { 'src/server.ts': '' })
    expect([app.found.start?.value, app.flags, app.runsDevelopment]).toEqual(['src/server.ts', ['--import', 'tsx'], true])
    expect(codes(app)).toContain('runs-development-tool')
  })

  it.each([
    'ts-node-dev --watch public,views --respawn src/server.ts',
    'ts-node-dev -r dotenv/config --watch views src/server.ts',
    'tsnd --ignore-watch node_modules --interval 500 src/server.ts',
    'ts-node --project tsconfig.json src/server.ts',
  ])('what watching flags take is not the file: %s', (start) => {
    const app = detect({ ...express, scripts: { start }, devDependencies: { 'ts-node': '^10.0.0' } }, { 'src/server.ts': '' })
    expect([app.found.start?.value, app.flags]).toEqual(['src/server.ts', ['-r', 'ts-node/register']])
  })

  it('says which commands before the program are left out', () => {
    const app = detect({ ...express, scripts: { start: 'node warm.js && node server.js' } }, { 'server.js': '', 'warm.js': '' })
    expect(app.notices.find(({ code }) => code === 'start-steps-left-out')?.text).toContain('node warm.js')
  })
})

describe('what is built', () => {
  it.each([
    [{ build: 'tsc -p .' }, [['npm', 'run', 'build']]],
    [{ build: 'echo nothing to build' }, []],
    [{ build: 'docker build .' }, []],
    [{ 'heroku-postbuild': 'webpack' }, [['npm', 'run', 'heroku-postbuild']]],
    [{ prepare: 'husky' }, []],
    [{}, []],
  ])('%j', (scripts, expected) =>
    expect(detect({ ...express, scripts: { start: 'node server.js', ...scripts } }, { 'server.js': '' }).build.commands).toEqual(expected),
  )

  it.each([
    ['vite build', ['dist']],
    ['vite build --outDir public/app', ['public']],
    ['next build', ['.next']],
    ['esbuild src/a.js --outfile=out/a.js', ['out']],
  ])('%s makes %j', (build, outputs) => {
    const app = detect({ ...express, scripts: { start: 'node server.js', build } }, { 'server.js': '' })
    expect(app.outputs).toEqual(expect.arrayContaining(outputs))
  })

  it('has the OpenSSL of old with webpack 4', () => {
    const lock = lockOf({ 'node_modules/webpack': { version: '4.47.0' }, 'node_modules/express': { version: '5.0.0' } })
    const app = detect(
      { ...express, scripts: { start: 'node server.js', build: 'webpack' } },
      { 'server.js': '', 'package-lock.json': lock },
    )
    expect(app.build.environment).toEqual({ NODE_OPTIONS: '--openssl-legacy-provider' })
  })
})

describe('the port', () => {
  it.each([
    ['app.listen(3001)', 3001],
    ["app.listen(process.env.PORT || 3002, '0.0.0.0')", 3002],
    ['const port = process.env.PORT ?? 3003\napp.listen(port)', 3003],
    ["const port = parseInt(process.env['PORT'] || '3004', 10)\napp.listen(port)", 3004],
    ['const { PORT = 3005 } = process.env\napp.listen(PORT)', 3005],
    ['const env = cleanEnv(process.env, { PORT: port({ default: 3006 }) })\napp.listen(env.PORT)', 3006],
    ['server.listen({ port: 3007 })', 3007],
    ['const PORT = 3008\napp.listen(PORT)', 3008],
    ["const app = express()\napp.set('port', process.env.PORT || 3009)\napp.listen(app.get('port'))", 3009],
    ['serve({ fetch: app.fetch, port: 3010 })', 3010],
    ["const db = { port: 5432 }\napp.listen(process.env.PORT || '3011')", 3011],
    ['const REDIS_PORT = 6379\napp.listen(3012)', 3012],
    ['// app.listen(9999)\napp.listen(3013)', 3013],
    ['app.listen(process.env.PORT)', undefined],
  ])('%s', (code, port) => {
    const app = detect({ ...express, scripts: { start: 'node server.js' } }, { 'server.js': code })
    expect(app.found.port?.value).toBe(port)
  })

  it('is 0 where nothing listens', () => {
    const app = detect({ scripts: { start: 'node worker.js' } }, { 'worker.js': 'setInterval(() => {}, 1000)' })
    expect(app.found.port?.value).toBe(0)
  })

  it.each([
    ['what an example of its variables says', { '.env.example': 'PORT=4001\n' }, 4001, '.env.example'],
    ['what the own Dockerfile exposes', { Dockerfile: 'FROM node:24\nEXPOSE 9229 4002/tcp\n' }, 4002, 'Dockerfile'],
  ])('is %s when the code names none', (_, texts, port, file) => {
    const app = detect({ ...express, scripts: { start: 'node server.js' } }, { 'server.js': 'app.listen(process.env.PORT)', ...texts })
    expect(app.found.port).toMatchObject({ value: port, because: [{ file }, ...(file === 'Dockerfile' ? [] : [{ file: 'server.js' }])] })
  })

  it('comes from the Dockerfile, too, when the server is a package that nobody knows', () => {
    const app = detect(
      { dependencies: { '@acme/pds': '1.0.0' } },
      { 'index.js': "require('@acme/pds').start()", Dockerfile: 'EXPOSE 4003\n' },
    )
    expect(app.found.port?.value).toBe(4003)
  })

  it('knows the variable that it comes from', () => {
    const app = detect({ ...express }, { 'server.js': 'app.listen(process.env.SERVER_PORT || 3000)' })
    expect(app.portVariable).toBe('SERVER_PORT')
  })
})

describe('being reached', () => {
  it.each([
    ["app.get('/healthz', ok)\napp.get('/ready', ok)", '/healthz'],
    ["router.get('/api/health', ok)", '/api/health'],
    ["if (req.url === '/ping') res.end()", '/ping'],
    ["@Controller('health')\nclass Health {}", '/health'],
    ["app.get('/healthy-recipes', ok)", undefined],
  ])('%s', (code, route) => expect(detect(express, { 'server.js': code }).found.health?.value).toBe(route))

  it('sets the variable that opens a server to others', () => {
    const code = "const host = process.env.HOST || 'localhost'\napp.listen(3000, host)"
    expect(detect(express, { 'server.js': code }).environment).toEqual({ HOST: '0.0.0.0' })
  })

  it.each([
    ["app.listen(3000, '127.0.0.1')", true],
    ["const app = require('fastify')()\napp.listen({ port: 3000 })", true],
    ["const app = require('fastify')()\napp.listen({ port: 3000, host: '0.0.0.0' })", false],
    ['app.listen(3000)', false],
    ["const host = ('RENDER' in process.env) ? `0.0.0.0` : `localhost`\nfastify.listen({ host: host, port: 3000 })", true],
    ["const host = process.env.HOST ? process.env.HOST : 'localhost'\nfastify.listen({ host: host, port: 3000 })", false],
  ])('%s listens for itself alone: %s', (code, local) =>
    expect(codes(detect(express, { 'server.js': code })).includes('listens-on-localhost')).toBe(local),
  )
})

describe('the release', () => {
  it.each([
    [{ '.nvmrc': 'v22.11.0\n' }, {}, '22', '.nvmrc'],
    [{ '.nvmrc': 'lts/jod\n' }, {}, '22', '.nvmrc'],
    [{ '.node-version': '24\n' }, {}, '24', '.node-version'],
    [{ '.tool-versions': 'python 3.13\nnodejs 22.1.0\n' }, {}, '22', '.tool-versions'],
    [{}, { engines: { node: '>=22 <23' } }, '22', 'package.json'],
    [{}, { volta: { node: '22.3.0' } }, '22', 'package.json'],
    [{ Dockerfile: 'FROM node:22-alpine AS build\n' }, {}, '22', 'Dockerfile'],
  ])('%j %j', (texts, manifest, release, file) => {
    const app = detect({ ...express, ...manifest }, { 'server.js': '', ...texts })
    expect(app.found.release).toMatchObject({ value: release, because: [{ file }] })
  })

  it('says when files disagree, and when it is past its end of life', () => {
    const two = detect({ ...express, engines: { node: '24' } }, { 'server.js': '', '.nvmrc': '22' })
    expect(two.notices.find(({ code }) => code === 'release-conflict')?.because.map(({ file }) => file)).toEqual(['.nvmrc', 'package.json'])
    expect(codes(detect(express, { 'server.js': '', '.nvmrc': '18' }))).toContain('release-end-of-life')
  })

  it('is left open when nothing says it', () => expect(detect(express, { 'server.js': '' }).found.release).toBeUndefined())
})

describe('installing', () => {
  const locked = lockOf({ 'node_modules/express': { version: '5.1.0' } })
  it('is exact when the lockfile holds what package.json asks for', () => {
    expect(detect(express, { 'server.js': '', 'package-lock.json': locked })).toMatchObject({ lockfile: 'package-lock.json', exact: true })
  })

  it.each([
    ['there is none', {}, 'lockfile-missing'],
    ['it lags behind', { 'package-lock.json': lockOf({ 'node_modules/express': { version: '4.21.0' } }) }, 'lockfile-stale'],
    ['it lacks a package', { 'package-lock.json': lockOf({}) }, 'lockfile-stale'],
  ])('is not when %s', (_, texts, code) => {
    const app = detect(express, { 'server.js': '', ...texts })
    expect([app.exact, codes(app)]).toEqual([false, [code]])
  })

  it.each([['bun.lock'], ['bun.lockb']])('is not served by %s alone', (file) => {
    expect(problemOf(() => detect(express, { 'server.js': '', [file]: '' }))).toMatchObject({ code: 'package-manager-not-served', file })
    expect(problemOf(() => detect(express, { 'server.js': '', 'package-lock.json': locked, [file]: '' }))).toBeUndefined()
  })

  it('runs the scripts of packages that need their own, with a compiler where it may be needed', () => {
    const lock = lockOf({
      'node_modules/express': { version: '5.1.0' },
      'node_modules/bcrypt': { version: '5.1.1', hasInstallScript: true },
      'node_modules/core-js': { version: '3.40.0', hasInstallScript: true },
      'node_modules/fsevents': { version: '2.3.3', hasInstallScript: true, os: ['darwin'] },
    })
    expect(detect(express, { 'server.js': '', 'package-lock.json': lock }).scripted).toEqual([
      { name: 'bcrypt', dev: false, compiles: true },
    ])
  })

  it('leaves a .npmrc with a token outside, and takes any other along', () => {
    const taken = detect(express, { 'server.js': '', 'package-lock.json': locked, '.npmrc': 'save-exact=true\n' })
    expect(taken.manifests).toEqual(['.npmrc'])
    const left = detect(express, { 'server.js': '', 'package-lock.json': locked, '.npmrc': '//npm.acme.test/:_authToken=abc\n' })
    expect([left.manifests, codes(left)]).toEqual([[], ['npmrc-left-out']])
    expect(JSON.stringify(left)).not.toContain('abc')
  })
})

describe('files', () => {
  it('leaves tests, tools and what is hidden out of the image', () => {
    const app = detect(express, { 'server.js': '', 'eslint.config.js': '', 'README.md': '' }, ['views/index.pug', 'test/a.test.js', '.env'])
    expect(app.runPaths).toEqual(['server.js', 'views'])
  })

  it('takes no sources along when they are built', () => {
    const app = detect(
      { ...express, scripts: { build: 'tsc', start: 'node dist/index.js' }, devDependencies: { typescript: '5' } },
      { 'src/index.ts': '', 'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}' },
      ['public/logo.png'],
    )
    expect([app.runPaths, app.buildPaths]).toEqual([['public'], ['public', 'src', 'tsconfig.json']])
  })
})

it('is named after package.json, as far as it can be', () => {
  const manifest = {
    ...express,
    name: '@acme/Shop Api',
    description: 'Sells',
    license: 'SEE LICENSE IN LICENSE',
    repository: 'git+ssh://git@github.com/acme/shop.git',
    homepage: 'javascript:alert(1)',
    author: 'Acme <info@acme.test>',
  }
  const { name, description, licenses, source, url, vendor } = detect(manifest, { 'server.js': '' }).found
  expect([name?.value, description?.value, licenses, source?.value, url, vendor?.value]).toEqual([
    'shop-api',
    'Sells',
    undefined,
    'https://github.com/acme/shop',
    undefined,
    'Acme',
  ])
})
