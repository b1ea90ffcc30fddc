import { describe, expect, it } from 'vitest'
import { codes, started as detected, lockOf, problemOf, workspace } from '../../../test/detected-node.ts'
import { choose } from '../../choose/choose.ts'
import { installerOf } from './installer.ts'
import { fromFolder } from './workspace-app.ts'

const serve = "require('http').createServer().listen(process.env.PORT || 4000)"
const api = { name: '@shop/api', scripts: { start: 'node server.js' } }
const web = { name: '@shop/web', scripts: { build: 'tsc', 'start:prod': 'node dist/main.js' }, dependencies: { express: '5' } }

const code = {
  'apps/api/server.js': serve,
  'apps/web/src/main.ts': serve,
  'apps/web/tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}',
}

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
    const both = { ...files, 'packages/store/prisma/migrations/1_init/migration.sql': '' }
    const kept = { ...prepared, dependencies: { ...prepared.dependencies, prisma: '6' } }
    const own = detected(workspace({}, { ...packages, 'apps/api': migrating, 'packages/store': kept }, { ...texts, ...both }), 'apps/api')
    expect(own.processes).toEqual(served.processes)
  })

  it('is built without the tool that runs tasks where its script is not run as a whole', () => {
    const built = {
      ...api,
      dependencies: { vite: '8', prisma: '6' },
      scripts: { ...api.scripts, build: 'prisma migrate deploy && vite build' },
    }
    const root = { devDependencies: { turbo: '2' } }
    const commands = (scripts: object) =>
      detected(workspace(root, { ...packages, 'apps/api': { ...built, ...scripts } }, { ...texts, 'turbo.json': '{}' }), 'apps/api').build
        .commands
    expect(commands({})).toEqual([['npm', 'exec', '--workspace=apps/api', '--', 'vite', 'build']])
    expect(commands({ scripts: { ...api.scripts, build: 'vite build' } })[0]).toContain('turbo')
  })

  it('installs nothing of its own for a member that the build at the root goes into', () => {
    const root = { scripts: { start: 'node server.js', build: 'npm run build --prefix apps/web' }, dependencies: { express: '5' } }
    expect(detected(workspace(root, { 'apps/web': web }, { ...code, 'server.js': serve }), 'server.js').build.commands).toEqual([
      ['npm', 'run', 'build'],
    ])
  })

  const migration = 'packages/store/prisma/migrations/1_init/migration.sql'
  it.each([
    ['by its schema', { 'packages/store/prisma/schema.prisma': '', [migration]: '' }, '--schema ../../packages/store/prisma/schema.prisma'],
    [
      'in a package of nothing else',
      { 'packages/store/schema.prisma': '', 'packages/store/migrations/1_init/migration.sql': '' },
      '--schema ../../packages/store/schema.prisma',
    ],
    ['by its settings', { 'packages/store/prisma.config.ts': '', [migration]: '' }, '--config ../../packages/store/prisma.config.ts'],
  ])('makes the tables of a library that Prisma keeps %s', (_, files, where) => {
    const prepared = { ...store, dependencies: { ...store.dependencies, prisma: '6' } }
    const served = detected(workspace({}, { ...packages, 'packages/store': prepared }, { ...texts, ...files }), 'apps/api')
    expect(served.processes).toMatchObject([{ kind: 'once', because: [{ file: expect.stringContaining('migration.sql') }] }])
    expect(served.processes[0]?.argv.join(' ')).toBe(`node ../../node_modules/prisma/build/index.js migrate deploy ${where}`)
    const nested = workspace({}, { ...packages, 'packages/store': prepared }, { ...texts, ...files })
    const lock = JSON.parse(nested['package-lock.json'] ?? '')
    lock.packages['packages/store/node_modules/prisma'] = { version: '6.0.0' }
    const below = detected({ ...nested, 'package-lock.json': JSON.stringify(lock) }, 'apps/api')
    expect(below.processes[0]?.argv[1]).toBe('../../packages/store/node_modules/prisma/build/index.js')
  })

  it.each([
    [
      'devDependencies',
      'prisma',
      { 'packages/store/prisma/schema.prisma': '', [migration]: '' },
      'prisma is installed for development only',
    ],
    ['dependencies', 'prisma', { [migration]: '' }, 'prisma works in packages/store only'],
    ['dependencies', 'drizzle-kit', { 'packages/store/drizzle/meta/_journal.json': '' }, 'drizzle-kit works in packages/store only'],
    [
      'dependencies',
      'drizzle-kit',
      { 'packages/store/drizzle/meta/_journal.json': '', 'packages/store/prisma.config.ts': '' },
      'drizzle-kit works in packages/store only',
    ],
    ['dependencies', 'pg', { 'packages/store/drizzle/meta/_journal.json': '' }, undefined],
  ])('tells of tables of a library that nothing makes: %s, %s', (key, tool, files, why) => {
    const prepared = { ...store, [key]: { ...(key === 'dependencies' && store.dependencies), [tool]: '1' } }
    const served = detected(workspace({}, { ...packages, 'packages/store': prepared }, { ...texts, ...files }), 'apps/api')
    expect(served.processes).toEqual([])
    const told = served.notices.filter((notice) => notice.code === 'migrations-left-out')
    expect(told.map(({ text }) => text)).toEqual(why === undefined ? [] : [`No tables are made before the program starts: ${why}.`])
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

it('a package of a workspace is all that Yarn 4 installs for production, with what the root names', () => {
  const app = detected(workspace({}, { 'apps/api': api }, code), 'apps/api')
  const { install } = installerOf({ ...app, manager: { name: 'yarn', version: '4.1.0' } }, '24')
  expect(install(true)).toEqual([{ argv: ['yarn', 'workspaces', 'focus', '@shop/api', 'shop', '--production'] }])
})

it('the folder of a package stands for what is started in it', () => {
  const own = { port: 3000, release: '24' }
  const said = (value: string) => ({ start: { value, from: 'answer' as const, because: [] } })
  const app = detected(workspace({}, { 'apps/api': api }, code), 'apps/api')
  expect(choose(app, own, {}, said('apps/api')).start).toMatchObject({ value: 'apps/api/server.js', from: 'answer' })
  expect(choose(app, own, {}, said('apps/api/other.js')).start.value).toBe('apps/api/other.js')
  const silent = detected(workspace({}, { 'apps/api': { name: 'api', scripts: { start: './start.sh' } } }), 'apps/api')
  expect(problemOf(() => choose(silent, own, {}, said('apps/api')))).toMatchObject({ code: 'start-open', exit: 1 })
})
