import { describe, expect, it } from 'vitest'
import { codes, lockOf, problemOf, treeOf } from '../../../test/detected-node.ts'
import { detectNode } from './detect.ts'
import { fromFolder } from './workspace-app.ts'

const serve = "require('http').createServer().listen(process.env.PORT || 4000)"
const api = { name: '@shop/api', scripts: { start: 'node server.js' } }
const web = { name: '@shop/web', scripts: { build: 'tsc', 'start:prod': 'node dist/main.js' }, dependencies: { express: '5' } }

/** Of a workspace with these packages, by folder. */
function workspace(root: object, packages: Readonly<Record<string, object>>, texts: Readonly<Record<string, string>> = {}) {
  const manifests = Object.entries(packages).map(([folder, manifest]) => [`${folder}/package.json`, JSON.stringify(manifest, null, 2)])
  return {
    'package.json': JSON.stringify({ name: 'shop', private: true, ...root }, null, 2),
    'package-lock.json': lockOf(packages),
    ...Object.fromEntries(manifests),
    ...texts,
  }
}

const detected = (texts: Readonly<Record<string, string>>, start?: string) => {
  const app = detectNode(treeOf(texts), start)
  if (app === undefined) throw new Error('no Node.js app was seen')
  return app
}
const both = { 'apps/api': api, 'apps/web': web }
const code = {
  'apps/api/server.js': serve,
  'apps/web/src/main.ts': serve,
  'apps/web/tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}',
}

describe('the program of a workspace', () => {
  it.each([
    ['npm run start --workspace=@shop/api', 'apps/api/server.js'],
    ['npm start -w apps/api', 'apps/api/server.js'],
    ['npm --prefix apps/api start', 'apps/api/server.js'],
    ['npm run -w api start', 'apps/api/server.js'],
    ['pnpm --filter ./apps/web run start:prod', 'apps/web/dist/main.js'],
    ['pnpm -F @shop/web... start:prod', 'apps/web/dist/main.js'],
    ['pnpm -C apps/web start:prod', 'apps/web/dist/main.js'],
    ['yarn workspace @shop/web start:prod', 'apps/web/dist/main.js'],
    ['yarn workspace @shop/web run start:prod', 'apps/web/dist/main.js'],
    ['yarn --cwd apps/web start:prod', 'apps/web/dist/main.js'],
    ['turbo run start --filter=@shop/api', 'apps/api/server.js'],
    ['NODE_ENV=production dotenv -c -- turbo start --filter=api', 'apps/api/server.js'],
    ['nx run web:start:prod', undefined],
    ['nx start api', 'apps/api/server.js'],
    ['nx run api:start', 'apps/api/server.js'],
    ['lerna run start --scope=@shop/api', 'apps/api/server.js'],
    ['cd apps/api && npm start', 'apps/api/server.js'],
    ['npm run serve:api', 'apps/api/server.js'],
    ['turbo run start --filter=@shop/api --filter=@shop/web', undefined],
    ['turbo run start', undefined],
    ['npm start -w apps/gone', undefined],
    ['npm run start', undefined],
    ['npm run stop -w apps/api', undefined],
  ])('that the root starts with %s', (start, file) => {
    const app = detected(workspace({ scripts: { start, 'serve:api': 'npm start -w apps/api' } }, both, code))
    expect(app.found.start?.value).toBe(file)
    if (file !== undefined)
      expect(app.found.start?.because[0]).toEqual({ file: 'package.json', line: 5, saw: expect.stringContaining('"start"') })
  })

  it('that the Procfile starts', () => {
    const app = detected(workspace({}, both, { ...code, Procfile: 'web: npm start --workspace=apps/web\nweb2: x' }))
    expect(app.found.start).toBeUndefined()
    const told = detected(workspace({}, both, { ...code, Procfile: 'web: npm run start:prod --workspace=apps/web' }))
    expect(told.found.start?.value).toBe('apps/web/dist/main.js')
    expect(told.found.start?.because[0]?.file).toBe('Procfile')
  })

  it('that is the only one that serves', () => {
    const library = { name: '@shop/words', main: 'index.js', scripts: { build: 'tsc' } }
    const app = detected(
      workspace({}, { 'apps/api': { ...api, dependencies: { '@shop/words': '*' } }, 'packages/words': library, 'apps/docs': web }, code),
    )
    expect([app.folder, app.found.start?.value, app.found.name?.value]).toEqual(['apps/api', 'apps/api/server.js', 'api'])
  })

  it.each([
    ['a command', { scripts: { start: 'node run.js' } }, { 'apps/web/run.js': 'console.log(1)' }],
    ['a library of another', { name: '@shop/words', scripts: { start: 'node server.js' } }, { 'apps/web/server.js': serve }],
    ['what a usual name alone shows', { scripts: { build: 'tsc' } }, { 'apps/web/server.js': serve }],
    ['what only `main` names', { main: 'server.js' }, { 'apps/web/server.js': serve }],
  ])('is not %s', (_, other, texts) => {
    const needs = { ...api, dependencies: { '@shop/words': '*' } }
    expect(detected(workspace({}, { 'apps/api': needs, 'apps/web': other }, { 'apps/api/server.js': serve, ...texts })).folder).toBe(
      'apps/api',
    )
  })

  it('is one that others are made with where no other serves', () => {
    const client = { name: '@shop/client', devDependencies: { '@shop/api': '*' } }
    expect(detected(workspace({}, { 'apps/api': api, 'apps/client': client }, code)).folder).toBe('apps/api')
  })

  it('is none where a package cannot be read', () => {
    const problem = problemOf(() => detected(workspace({}, { 'apps/api': api, 'apps/web': { dependencies: 5 } }, code)))
    expect(problem).toMatchObject({ code: 'package-json-invalid', file: 'apps/web/package.json', line: 2 })
  })

  it('is asked for where several serve, or may', () => {
    const unclear = { scripts: { start: './bin/start.sh' } }
    const app = detected(workspace({}, { ...both, 'apps/admin': unclear }, { ...code, 'apps/web/notes.js': "require('pg')" }))
    expect(app.questions.map(({ key, candidates }) => [key, candidates.map(({ value }) => value)])).toEqual([
      ['start', ['apps/admin', 'apps/api', 'apps/web']],
    ])
    expect(app.questions[0]?.candidates[0]?.because).toEqual([
      { file: 'apps/admin/package.json', line: 3, saw: '"start": "./bin/start.sh"' },
    ])
    expect([app.found.start, app.found.port, app.services, app.writable]).toEqual([undefined, undefined, [], []])
  })

  it.each([
    ['apps/web', 'apps/web/dist/main.js'],
    ['apps/api', 'apps/api/server.js'],
    ['apps/api/other.js', 'apps/api/server.js'],
  ])('is the one that a person names: %s', (start, file) =>
    expect(detected(workspace({ scripts: { start: 'node root.js' } }, both, { ...code, 'root.js': serve }), start).found.start?.value).toBe(
      file,
    ),
  )

  it('is at the root where that has one of its own', () => {
    const app = detected(workspace({ scripts: { start: 'node root.js' } }, both, { ...code, 'root.js': serve }))
    expect([app.folder, app.found.start?.value]).toEqual([undefined, 'root.js'])
  })

  it('is no file at the root that happens to have a usual name', () => {
    const app = detected(workspace({}, { 'apps/api': api }, { ...code, 'index.js': '' }))
    expect(app.folder).toBe('apps/api')
  })

  it('is at the root where only its name speaks for it, and several others might be', () => {
    const app = detected(workspace({}, both, { ...code, 'index.js': serve }))
    expect([app.folder, app.found.start?.value]).toEqual([undefined, 'index.js'])
  })

  it('is named by the innermost folder', () => {
    const outer = { name: 'apps', scripts: { start: 'node apps.js' } }
    const texts = { ...code, 'apps/apps.js': serve }
    expect(detected(workspace({}, { apps: outer, ...both }, texts), 'apps/api').folder).toBe('apps/api')
    expect(detected(workspace({}, { apps: outer, ...both }, texts), 'apps/apps.js').folder).toBe('apps')
  })

  it('is started by the very script that the root names', () => {
    const live = { ...api, scripts: { ...api.scripts, 'serve:live': 'node live.js' } }
    const app = detected(
      workspace({ scripts: { start: 'npm run serve:live -w apps/api' } }, { 'apps/api': live }, { ...code, 'apps/api/live.js': serve }),
    )
    expect(app.found.start?.value).toBe('apps/api/live.js')
  })

  it('is a site where nothing else answers requests', () => {
    const site = { name: 'site', scripts: { build: 'vite build' }, devDependencies: { vite: '7' } }
    const texts = { 'apps/site/index.html': '<html>', 'apps/site/vite.config.js': 'export default {}' }
    const app = detected(workspace({}, { 'apps/site': site, 'packages/ui': { name: 'ui' } }, texts))
    expect([app.site?.folder, app.found.start?.value, app.build.commands]).toEqual([
      'apps/site/dist',
      'apps/site/dist',
      [['npm', 'run', 'build', '--workspace=apps/site']],
    ])
    expect(detected(workspace({}, { 'apps/site': site, 'packages/cli': { bin: './cli.js' } }, texts)).site).toBeUndefined()
    expect(detected(workspace({}, { 'apps/site': site, 'packages/api': { dependencies: { fastify: '5' } } }, texts)).site).toBeUndefined()
    expect(detected(workspace({}, { 'apps/site': site }, { ...texts, 'apps/site/src-tauri/Cargo.toml': '' })).site).toBeUndefined()
  })
})

it('a package of a workspace whose root is elsewhere is told where to run', () => {
  const manifest = { name: 'api', dependencies: { '@shop/store': 'workspace:*' }, scripts: { start: 'node server.js' } }
  const problem = problemOf(() => detected({ 'package.json': JSON.stringify(manifest), 'server.js': serve }))
  expect(problem).toMatchObject({ code: 'dependency-outside', file: 'package.json', fix: expect.stringContaining('init --start') })
  const here = { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n', 'packages/store/package.json': '{ "name": "@shop/store" }' }
  expect(detected({ 'package.json': JSON.stringify(manifest), 'server.js': serve, ...here }).found.start?.value).toBe('server.js')
})

describe('a package of a workspace', () => {
  const store = { name: '@shop/store', scripts: { build: 'tsc' }, dependencies: { pg: '8', '@shop/log': '*' } }
  const packages = {
    'apps/api': { ...api, dependencies: { '@shop/store': '*', express: '5' }, devDependencies: { '@shop/config': '*' } },
    'apps/web': web,
    'packages/config': { name: '@shop/config' },
    'packages/log': { name: '@shop/log', scripts: { build: 'tsc' } },
    'packages/store': store,
  }
  const texts = {
    ...code,
    'apps/api/server.js': `fs.writeFileSync('data/visits.json', ''); ${serve}`,
    'packages/store/index.js': "require('pg'); process.env.DATABASE_URL",
    'packages/config/tsconfig.json': '{}',
    'tsconfig.base.json': '{}',
    'scripts/check.js': '',
    'apps/readme.txt': '',
  }
  const app = detected(workspace({ scripts: { start: 'npm start -w apps/api' } }, packages, texts))

  it('is built after what it needs, of which development is a part', () => {
    expect(app.build.commands).toEqual([
      ['npm', 'run', 'build', '--workspace=packages/log'],
      ['npm', 'run', 'build', '--workspace=packages/store'],
    ])
    expect(app.buildPaths).toEqual(['apps/api', 'packages/config', 'packages/log', 'packages/store', 'scripts', 'tsconfig.base.json'])
  })

  it('runs in its own folder with what it needs, and nothing of the others', () => {
    expect([app.folder, app.members, app.runPaths]).toEqual([
      'apps/api',
      ['apps/api', 'packages/log', 'packages/store'],
      ['apps/api/server.js', 'packages/log', 'packages/store'],
    ])
    expect(app.program).toEqual({ folder: 'apps/api', names: ['@shop/api', 'shop'] })
  })

  it('talks to what its libraries talk to, and writes in its own folder', () => {
    expect(app.services.map(({ kind, because }) => [kind, because[0]?.file])).toEqual([['postgres', 'packages/store/index.js']])
    expect(app.variables.map(({ name, because }) => [name, because[0]?.file])).toEqual([['DATABASE_URL', 'packages/store/index.js']])
    expect(app.writable.map(({ path }) => path)).toEqual(['/app/apps/api/data'])
  })

  it.each(["express.static('../web/dist')", "join(__dirname, '..', 'web', 'dist')"])(
    'holds what another package makes, where it says %s',
    (says) => {
      const front = { name: '@shop/web', scripts: { build: 'vite build' }, devDependencies: { vite: '7', '@shop/config': '*' } }
      const more = { ...texts, 'apps/api/server.js': `${says}; ${serve}` }
      const serving = detected(workspace({}, { ...packages, 'apps/web': front }, more), 'apps/api')
      expect(serving.build.commands).toContainEqual(['npm', 'run', 'build', '--workspace=apps/web'])
      expect([serving.outputs, serving.buildPaths.includes('apps/web'), serving.runPaths.includes('apps/web')]).toEqual([
        ['apps/web/dist'],
        true,
        false,
      ])
      const byTurbo = detected(
        workspace(
          { devDependencies: { turbo: '2' } },
          { ...packages, 'apps/api': { ...packages['apps/api'], scripts: { ...api.scripts, build: 'tsc' } }, 'apps/web': front },
          { ...more, 'turbo.json': '{}' },
        ),
        'apps/api',
      )
      expect(byTurbo.build.commands).toEqual([['npx', '--no', '--', 'turbo', 'run', 'build', '--filter=@shop/api', '--filter=@shop/web']])
      expect(detected(workspace({}, { ...packages, 'apps/web': front }, texts), 'apps/api').outputs).toEqual([])
    },
  )

  it('is told nothing that only the root can tell', () => expect(codes(app)).toEqual([]))

  it('is told once what both it and the root tell', () => {
    const old = detected(workspace({}, packages, { ...texts, '.nvmrc': '18' }), 'apps/api')
    expect(codes(old)).toEqual(['release-end-of-life'])
    expect(codes(detected(workspace({ engines: { node: '18' } }, packages, texts), 'apps/api'))).toEqual(['release-end-of-life'])
  })

  it('takes from the root what that says for all', () => {
    const files = { ...texts, 'apps/api/server.js': 'app.listen(config.port)' }
    const Dockerfile = 'FROM node:20\nWORKDIR /app\nENV SHOP_MODE=docker\nVOLUME /app/kept\nEXPOSE 8085\n'
    const served = detected(workspace({ engines: { node: '22' } }, packages, { ...files, Dockerfile }), 'apps/api')
    expect([served.found.release?.value, served.found.port?.value, served.writable.map(({ path }) => path)]).toEqual([
      '22',
      8085,
      ['/app/kept'],
    ])
  })

  it('runs what prepares its libraries in their folders, and its own programs from there', () => {
    const prepared = { ...store, dependencies: { ...store.dependencies, '@prisma/client': '6' }, devDependencies: { prisma: '6' } }
    const migrating = { ...packages['apps/api'], dependencies: { ...packages['apps/api'].dependencies, knex: '3' } }
    const files = { 'packages/store/prisma/schema.prisma': '', 'apps/api/knexfile.js': '', 'apps/api/migrations/1.js': '' }
    const served = detected(
      workspace({}, { ...packages, 'apps/api': migrating, 'packages/store': prepared }, { ...texts, ...files }),
      'apps/api',
    )
    expect(served.setup).toEqual([
      { argv: ['npm', 'exec', '--workspace=packages/store', '--', 'prisma', 'generate'], reads: ['packages/store/prisma'] },
    ])
    expect(served.processes.map(({ argv }) => argv.join(' '))).toEqual(['node ../../node_modules/knex/bin/cli.js migrate:latest'])
  })

  it.each([
    [
      { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\n  apps/api: {}\n\n  packages/store: {}\n" },
      ['pnpm', '--dir', 'apps/api', 'run', 'build'],
      ['pnpm', '--dir', 'apps/api', 'exec', 'tsc'],
    ],
    [{ 'yarn.lock': '# yarn lockfile v1\n' }, ['yarn', '--cwd', 'apps/api', 'run', 'build'], ['yarn', '--cwd', 'apps/api', 'run', 'tsc']],
    [{}, ['npm', 'run', 'build', '--workspace=apps/api'], ['npm', 'exec', '--workspace=apps/api', '--', 'tsc']],
  ])('is built in its folder by the package manager of %j', (lockfile, script, tool) => {
    const made = { scripts: { build: 'tsc', start: 'node dist/server.js' }, devDependencies: { typescript: '5' } }
    const built = (scripts: object) => {
      const { 'package-lock.json': lock, ...files } = workspace(
        { workspaces: ['apps/*'] },
        { 'apps/api': { ...made, scripts } },
        { ...texts, 'apps/api/tsconfig.json': '{}' },
      )
      return detected({ ...files, ...(Object.keys(lockfile).length === 0 ? { 'package-lock.json': lock ?? '' } : lockfile) }, 'apps/api')
        .build.commands
    }
    expect(built(made.scripts)).toEqual([script])
    expect(built({ start: 'node dist/server.js' })).toEqual([tool])
  })

  it('has what the root depends on as well', () => {
    const served = detected(workspace({ dependencies: { '@shop/config': '*' } }, packages, texts), 'apps/api')
    expect(served.members).toEqual(['apps/api', 'packages/config', 'packages/log', 'packages/store'])
  })

  it('keeps its evidence where it is', () => {
    expect(app.because).toEqual([{ file: 'apps/api/package.json', saw: 'the file is there' }])
    expect(app.found.port?.because[0]?.file).toBe('apps/api/server.js')
    const versioned = detected(workspace({}, { 'apps/api': api }, { ...code, '.nvmrc': '22', 'apps/api/server.js': serve }))
    expect(versioned.found.release).toMatchObject({ value: '22', because: [{ file: '.nvmrc' }] })
  })

  it.each([
    [
      'turbo',
      { 'turbo.json': '{}' },
      ['npx', '--no', '--', 'turbo', 'run', 'build', '--filter=@shop/web'],
      { TURBO_TELEMETRY_DISABLED: '1' },
    ],
    [
      'nx',
      { 'nx.json': '{}' },
      ['npx', '--no', '--', 'nx', 'run-many', '--target=build', '--projects=@shop/web'],
      { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' },
    ],
  ])('is built by %s where that runs the tasks', (tool, more, command, environment) => {
    const built = detected(workspace({ devDependencies: { [tool]: '2' } }, packages, { ...texts, ...more }), 'apps/web')
    expect(built.build).toMatchObject({ commands: [command], environment })
  })

  it('is built by the root where that starts it', () => {
    const root = { scripts: { start: 'npm run start:prod -w apps/web', build: 'turbo run build' }, devDependencies: { turbo: '2' } }
    const built = detected(workspace(root, packages, { ...texts, 'turbo.json': '{}' }))
    expect(built.build.commands).toEqual([['npm', 'run', 'build']])
    expect(built.buildPaths).toEqual(['apps', 'packages', 'scripts', 'tsconfig.base.json', 'turbo.json'])
    expect(built.outputs).toEqual(['apps/web/dist'])
  })

  it.each([
    ['node_modules/next', '../../node_modules/next/dist/bin/next'],
    ['apps/web/node_modules/next', 'node_modules/next/dist/bin/next'],
  ])('starts what is installed at %s from there', (path, file) => {
    const next = { name: '@shop/web', scripts: { build: 'next build', start: 'next start' }, dependencies: { next: '16' } }
    const locked = lockOf({ 'apps/web': next, [path]: { version: '16.0.0' } })
    const served = detected({ ...workspace({}, { 'apps/web': next }), 'package-lock.json': locked })
    expect(fromFolder(served.folder, served.found.start?.value ?? '')).toBe(file)
  })

  it('starts the release that it has itself', () => {
    const site = { name: '@shop/web', scripts: { start: 'serve public' }, dependencies: { serve: '13' } }
    const locked = lockOf({
      'apps/web': site,
      'node_modules/serve': { version: '14.0.0' },
      'apps/web/node_modules/serve': { version: '13.0.0' },
    })
    const served = detected({ ...workspace({}, { 'apps/web': site }), 'package-lock.json': locked })
    expect(served.found.start?.value).toBe('apps/web/node_modules/serve/bin/serve.js')
  })

  it('has only those install scripts run that it may need', () => {
    const locked = lockOf({
      ...packages,
      'node_modules/@shop/api': { link: true },
      'node_modules/express': { version: '5.0.0', dependencies: { bcrypt: '1' } },
      'node_modules/bcrypt': { version: '1.0.0', hasInstallScript: true },
      'node_modules/sharp': { version: '1.0.0', hasInstallScript: true },
    })
    const installed = detected(
      { ...workspace({}, { ...packages, 'apps/web': { ...web, dependencies: { sharp: '1' } } }, texts), 'package-lock.json': locked },
      'apps/api',
    )
    expect(installed.scripted.map(({ name }) => name)).toEqual(['bcrypt'])
  })
})
