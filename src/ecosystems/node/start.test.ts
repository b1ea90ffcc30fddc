import { describe, expect, it } from 'vitest'
import { codes, detect, express, lockOf } from '../../../test/detected-node.ts'

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
    ['npm run with:env -- cross-env A=1 node server.js', 'server.js', [], []],
    ['./node_modules/.bin/nodemon ./bin/www', 'bin/www', [], []],
    ['pm2-runtime src/server.js', 'src/server.js', [], []],
    ['dotenv -- node server.js', 'server.js', [], []],
    ['env-cmd -f ./config/dev.env node server.js', 'server.js', [], []],
    ['env-cmd -e production,shared node server.js', 'server.js', [], []],
    ['node .', 'src/index.js', [], []],
    [
      `node server.js --port \${PORT:=9000} --host \${HOST:-::} --price 1$`,
      'server.js',
      [],
      ['--port', '9000', '--host', '::', '--price', '1$'],
    ],
    ['node server.js --port $PORT --lax', 'server.js', [], ['--lax']],
  ])('%s', (start, file, flags, args) => {
    const app = detect(
      { ...express, main: 'src/index.js', scripts: { start, serve: 'node src/index.js', 'with:env': 'dotenv -e .env --' } },
      served,
    )
    expect([app.found.start?.value, app.flags, app.args]).toEqual([file, flags, args])
    expect(app.found.start?.because[0]).toMatchObject({ file: 'package.json' })
  })

  it.each(['webpack.config.js', 'gulpfile.js', './config/vite.config.mjs', 'Gruntfile'])('%s is no program, whatever main says', (main) =>
    expect(detect({ ...express, main, scripts: {} }, { [main]: '' }).found.start).toBeUndefined(),
  )

  it('prefers the script for production, and the Procfile before all', () => {
    const scripts = { start: 'nodemon server.js', 'start:prod': 'node src/server.js' }
    expect(detect({ ...express, scripts }, served).found.start?.value).toBe('src/server.js')
    const procfile = detect({ ...express, scripts }, { ...served, Procfile: 'web: node src/index.js\n' })
    expect(procfile.found.start).toMatchObject({ value: 'src/index.js', because: [{ file: 'Procfile', line: 1 }] })
  })

  it('is nothing that only starts others', () => {
    const programs = (name: string, program: string) => ({
      [`node_modules/${name}`]: { version: '9.2.1', bin: { [program]: 'bin/run.js' } },
    })
    const started = (line: string) =>
      detect(
        { scripts: { start: line } },
        { 'package-lock.json': lockOf({ ...programs('concurrently', 'conc'), ...programs('shop', 'sell') }) },
      )
    expect(started('sell --now').found.start?.value).toBe('node_modules/shop/bin/run.js')
    expect(started('conc "npm:server" "npm:client"').found.start).toBeUndefined()
  })

  it.each([
    [{}, { 'server/package.json': '{}', 'client/package.json': '{}' }, 'Other projects lie in client, server: where one of them'],
    [
      { workspaces: ['apps/*'] },
      { 'yarn.lock': '', 'apps/a/package.json': '{}', 'apps/b/package.json': '{}' },
      'may lie in apps/a or one of 1 more.',
    ],
  ])('is said to lie elsewhere where the root of %j starts nothing', (rest, files, text) => {
    const app = detect({ ...rest, scripts: { lint: 'biome' } }, files)
    expect([app.found.start, app.questions[0]?.why]).toEqual([undefined, expect.stringContaining(text)])
  })

  it.each([
    ["import 'expo-router/entry'\n", undefined],
    ["const app = require('@acme/app')\n", undefined],
    ["import 'express'\nimport 'node:fs'\nimport path from 'path'\n", 'index.js'],
    ["import qs from 'qs'\nconst a = require('./a')\n", 'index.js'],
    ['import { a } from "shop"\nimport b from "@acme/b"\nimport type { C } from "c"\n', 'index.js'],
  ])('is no file with a usual name that loads what nothing installs: %j', (code, file) => {
    const lock = lockOf({ 'node_modules/express': { version: '5.0.0' }, 'node_modules/qs': { version: '6.0.0' }, 'packages/b': {} })
    const manifest = { ...express, name: 'shop' }
    const files = { 'packages/b/package.json': '{"name": "@acme/b"}', 'index.js': code }
    expect(detect({ ...manifest, workspaces: ['packages/*'] }, { ...files, 'package-lock.json': lock }).found.start?.value).toBe(file)
    expect(detect(manifest, { 'index.js': code }).found.start?.value).toBe('index.js')
  })

  it('is not taken from the Dockerfile of a package of a workspace', () => {
    const files = { 'yarn.lock': '', 'apps/a/package.json': '{}', Dockerfile: 'FROM node:24\nCMD ["node", "dist/a.js"]\n' }
    const scripts = { build: 'tsc --outDir dist' }
    expect(detect({ workspaces: ['apps/*'], scripts }, files).found.start).toBeUndefined()
    expect(detect({ scripts }, files).found.start?.value).toBe('dist/a.js')
  })

  it('is none where Next.js makes files for a browser alone', () => {
    const next = { scripts: { start: 'next start', build: 'next build' }, dependencies: { next: '15.1.7' } }
    const app = detect(next, { 'next.config.ts': "export default {\n  output: 'export',\n}\n" })
    expect([app.found.start?.value, app.site?.folder]).toEqual(['out', 'out'])
    expect(detect(next, { 'next.config.ts': "export default {\n  // output: 'export',\n}\n" }).found.start).toBeDefined()
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
    expect(app.questions[0]?.why).toContain(
      'vite makes files for a browser, but no build was found that makes a whole site of them in a folder.',
    )
  })

  it.each([
    ['@sveltejs/kit', 'vite build', 'svelte.config.js', '@sveltejs/adapter-node'],
    ['astro', 'astro build', 'astro.config.mjs', '@astrojs/node in its mode standalone'],
  ])('is said to come with an adapter where %s builds for another place', (name, build, file, adapter) => {
    const manifest = { devDependencies: { [name]: '^2.0.0', vite: '^5.0.0' }, scripts: { build } }
    const { questions } = detect(manifest, { [file]: "import adapter from 'other'\nexport default { adapter: adapter() }\n" })
    expect(questions[0]?.why).toContain(`The build makes a server for Node.js with ${adapter}, which`)
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
      ['another adapter', '@sveltejs/adapter-node', 'vite build', 'svelte.config.js', node.replace('adapter-node', 'adapter-auto')],
      ['a middleware', '@astrojs/node', 'astro build', 'astro.config.mjs', astro.replace('standalone', 'middleware')],
      ['another place to run', 'nuxt', 'nuxt build', 'nuxt.config.ts', nuxt.replace('modules: []', "nitro: { preset: 'vercel' }")],
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
    ['7.16.0', 'bin.js'],
    ['^8.0.0', 'bin.cjs'],
    ['latest', 'bin.cjs'],
  ])('knows the server of React Router %s: %s', (range, file) => {
    const app = detect({ dependencies: { '@react-router/serve': range }, scripts: { start: 'react-router-serve ./build/server/index.js' } })
    expect(app.found.start?.value).toBe(`node_modules/@react-router/serve/${file}`)
  })

  it.each([
    ['next.config.ts', true],
    ['next.config.mjs', false],
  ])('keeps the compiler that Next.js reads %s with: %s', (file, keeps) => {
    const next = { dependencies: { next: '^16.0.0' }, devDependencies: { typescript: '^5.0.0' } }
    const app = detect({ ...next, scripts: { start: 'next start', build: 'next build' } }, { [file]: '' })
    expect([app.found.start?.value, app.runsDevelopment]).toEqual(['node_modules/next/dist/bin/next', keeps])
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
