import { describe, expect, it } from 'vitest'
import { codes, detect, express, lockOf, problemOf } from '../../../test/detected-node.ts'

describe('what is built', () => {
  it.each([
    [{ build: 'tsc -p .' }, [['npm', 'run', 'build']]],
    [{ build: 'echo nothing to build' }, []],
    [{ build: 'docker build .' }, []],
    [{ 'build:frontend': 'vite build', 'build:docker': 'docker build .' }, [['npm', 'run', 'build:frontend']]],
    [{ 'build:client': 'vite build', build: 'webpack' }, [['npm', 'run', 'build']]],
    [{ 'heroku-postbuild': 'webpack' }, [['npm', 'run', 'heroku-postbuild']]],
    [{ prepare: 'husky' }, []],
    [{}, []],
  ])('%j', (scripts, expected) =>
    expect(detect({ ...express, scripts: { start: 'node server.js', ...scripts } }, { 'server.js': '' }).build.commands).toEqual(expected),
  )

  it('is the program before its pages, where neither is there yet', () => {
    const scripts = { start: 'node dist/server.js', 'build:client': 'vite build', build: 'tsc --outDir dist' }
    expect(detect({ ...express, scripts }, { 'src/server.ts': '' }).build.commands).toEqual([['npm', 'run', 'build']])
  })

  it.each([
    ['vite build', ['dist']],
    ['vite build --outDir public/app', ['public']],
    ['next build', ['.next']],
    ['esbuild src/a.js --outfile=out/a.js', ['out']],
  ])('%s makes %j', (build, outputs) => {
    const app = detect({ ...express, scripts: { start: 'node server.js', build } }, { 'server.js': '' })
    expect(app.outputs).toEqual(expect.arrayContaining(outputs))
  })

  it.each([
    ["build: { outDir: '../pages' }", 'pages'],
    ['outDir: "./site/public"', 'site'],
  ])('makes what the settings of vite say: %s', (settings, folder) => {
    const files = { 'server.js': '', 'client/vite.config.ts': settings }
    expect(
      detect({ ...express, scripts: { start: 'node server.js', 'build:ui': 'vite build --config client/vite.config.ts' } }, files).guessed,
    ).toContain(folder)
  })

  it.each([
    ['npm install --prefix client && npm run build --prefix client', true],
    ['cd client && yarn && yarn build', true],
    ['npm install && npm ci --prefix=client && npm --prefix client run build', true],
    ['cd client && vite build', false],
  ])('asks the network for the packages of a client: %s', (build, fetches) => {
    const files = { 'server.js': '', 'client/package.json': '{"devDependencies": {"vite": "8"}}' }
    const found = detect({ ...express, scripts: { start: 'node server.js', build } }, files).build
    expect(found.fetches).toBe(fetches)
    expect(found.commands).toEqual([['npm', 'run', 'build'], ...(fetches ? [['rm', '-rf', 'client/node_modules']] : [])])
  })

  it.each([
    [
      'npm run build --prefix client',
      'client/package-lock.json',
      lockOf({ 'node_modules/vite': { version: '8.0.0' } }),
      'npm --prefix client ci --ignore-scripts --no-audit --no-fund',
    ],
    ['cd client && npm run build', '', '', 'npm --prefix client install --no-package-lock --ignore-scripts --no-audit --no-fund'],
    [
      'npm-run-all build:*',
      'client/package-lock.json',
      lockOf({ 'node_modules/vite': { version: '8.0.0' } }),
      'npm --prefix client ci --ignore-scripts --no-audit --no-fund',
    ],
    ['cd client && pnpm build', 'client/pnpm-lock.yaml', "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n", undefined],
    ['npm-run-all build:** --silent', '', '', 'npm --prefix other install --no-package-lock --ignore-scripts --no-audit --no-fund'],
    ['npm run ui', '', '', 'npm --prefix client install --no-package-lock --ignore-scripts --no-audit --no-fund'],
    ['cd tools && npm run build', '', '', undefined],
    ['cd ../client && npm run build', '', '', undefined],
    ['tsc', '', '', undefined],
  ])('installs the packages of a client that the build goes into: %s', (build, lock, text, command) => {
    const scripts = {
      ...{ start: 'node server.js', build, 'build:client': 'npm run build --prefix=client', 'build:a:b': 'npm run build --prefix=other' },
      ...{ ui: 'cd client && npm run bundle', bundle: 'npm install' },
    }
    const client = { 'client/package.json': '{"devDependencies": {"vite": "8"}}', 'tools/package.json': '{}' }
    const other = { 'other/package.json': '{"dependencies": {"sass": "1"}}' }
    const found = detect({ ...express, scripts }, { 'server.js': '', ...client, ...other, [lock]: text }).build
    const own = ['npm', 'run', 'build']
    const after = found.commands.slice(found.commands.findIndex((words) => words.join() === own.join()) + 1)
    expect(found.commands.map((words) => words.join(' '))).toEqual(
      command === undefined ? ['npm run build'] : expect.arrayContaining([command, 'npm run build']),
    )
    expect(found.commands.some((words) => words.includes('other'))).toBe(build.includes('**'))
    expect(after).toEqual(command === undefined ? [] : [['rm', '-rf', 'client/node_modules']])
    expect(found.fetches).toBe(command !== undefined)
  })

  it.each([
    ['npm run build --prefix client', '4.46.0', true],
    ['npm ci --prefix client && npm run build --prefix client', '4.46.0', true],
    ['npm run build --prefix client', '5.90.0', false],
    ['tsc', '4.46.0', false],
  ])('has the webpack of a client hash as it does: %s, %s', (build, version, old) => {
    const files = { 'server.js': '', 'client/package.json': '{"dependencies": {"react-scripts": "4"}}' }
    const lock = { 'client/package-lock.json': lockOf({ 'node_modules/webpack': { version } }) }
    const found = detect({ ...express, scripts: { start: 'node server.js', build } }, { ...files, ...lock }).build
    expect(found.environment).toEqual(old ? { NODE_OPTIONS: '--openssl-legacy-provider' } : {})
  })

  it('asks the network for the fonts of Next.js, wherever it is told of them', () => {
    const next = { scripts: { start: 'next start', build: 'next build' }, dependencies: { next: '15.1.7' } }
    expect(detect(next, { 'app/layout.tsx': "import { Geist } from 'next/font/google'\n" }).build.fetches).toBe(true)
    expect(detect(next, { 'app/layout.tsx': "import local from 'next/font/local'\n" }).build.fetches).toBe(false)
  })

  it.each([
    ['<link href="https://fonts.googleapis.com/css?family=Inter" rel="stylesheet">', '@angular/core', true],
    ['<link href="https://fonts.googleapis.com/css?family=Inter" rel="stylesheet">', 'vue', false],
    ['<link href="/fonts.googleapis.com.css" rel="stylesheet">', '@angular/core', false],
  ])('asks the network for the fonts of a page of Angular: %s of %s', (page, name, fetches) => {
    const angular = { scripts: { build: 'ng build' }, dependencies: { [name]: '20.0.0' } }
    expect(detect(angular, { 'src/index.html': page }).build.fetches).toBe(fetches)
  })

  it('runs a hook of npm beside a program only when it builds', () => {
    const commands = (postinstall: string) =>
      detect({ ...express, scripts: { start: 'node server.js', postinstall } }, { 'server.js': '' }).build.commands
    expect(commands('npm run build:css')).toEqual([['npm', 'run', 'postinstall']])
    expect(commands('cd client && npm install')).toEqual([])
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

  it('builds with the tests where the compiler keeps the folder of the sources for their sake', () => {
    const typed = { ...express, devDependencies: { typescript: '5' }, scripts: { build: 'tsc', start: 'node dist/src/index.js' } }
    const files = { 'src/index.ts': '', 'test/a.test.ts': '', 'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}' }
    expect(detect(typed, files).buildPaths).toEqual(['src', 'test', 'tsconfig.json'])
    expect(detect(typed, { ...files, 'tsconfig.json': '{"compilerOptions":{"rootDir":".","outDir":"dist"}}' }).buildPaths).toEqual([
      'src',
      'tsconfig.json',
    ])
  })

  it('takes data along that code loads, whatever its name is for others', () => {
    const code =
      "import about from '../../app.json'\nserve(load('./docs/api.yaml'), '../fly.json', './README.json', '../package.json', './.private.json')"
    const files = { 'src/api/index.ts': code, 'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}' }
    const typed = { ...express, devDependencies: { typescript: '5' }, scripts: { build: 'tsc', start: 'node dist/index.js' } }
    const app = detect(typed, files, ['app.json', 'docs/api.yaml', 'render.json', 'docs/guide.md', '.private.json'])
    expect([app.runPaths, app.buildPaths]).toEqual([
      ['app.json', 'docs'],
      ['app.json', 'docs', 'src', 'tsconfig.json'],
    ])
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
