import { describe, expect, it } from 'vitest'
import type { Tree } from '../../model/tree.ts'
import { detectNode } from './detect.ts'

type Files = Readonly<Record<string, string>>

function treeOf(texts: Files): Tree {
  const files = Object.keys(texts).sort()
  const folders = files.flatMap((file) => [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index)))
  return { files: new Set(files), folders: new Set(folders), texts: new Map(Object.entries(texts)), unread: new Map() }
}

const web = { 'server.js': "require('node:http').createServer().listen(3000)\n" }

/** A project with these scripts, dependencies and files. */
function app(scripts: Files, dependencies: readonly string[], files: Files, development: readonly string[] = []) {
  const record = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']))
  const manifest = {
    name: 'shop',
    scripts: { start: 'node server.js', ...scripts },
    dependencies: record(dependencies),
    devDependencies: record(development),
  }
  const packages = Object.fromEntries(
    [...dependencies, ...development].map((name) => [
      `node_modules/${name}`,
      { version: '1.0.0', dev: development.includes(name) || undefined, bin: { [name]: 'bin/cli.js' } },
    ]),
  )
  const lock = { lockfileVersion: 3, packages: { '': manifest, ...packages } }
  const found = detectNode(
    treeOf({ ...web, ...files, 'package.json': JSON.stringify(manifest, undefined, 1), 'package-lock.json': JSON.stringify(lock) }),
  )
  if (found === undefined) throw new Error('not detected')
  return found
}
const lines = (...given: Parameters<typeof app>): readonly string[] =>
  app(...given).processes.map(({ name, kind, argv }) => `${kind} ${name}: ${argv.join(' ')}`)

describe('findProcesses of Node.js', () => {
  it.each([
    ['prisma', { 'prisma/schema.prisma': '', 'prisma/migrations/1/migration.sql': '' }, 'migrate deploy'],
    ['knex', { 'knexfile.js': '', 'migrations/1.js': '' }, 'migrate:latest'],
    ['sequelize-cli', { 'db/migrations/1.js': '', '.sequelizerc': '' }, 'db:migrate'],
    ['drizzle-kit', { 'drizzle.config.js': '', 'drizzle/meta/_journal.json': '{}' }, 'migrate'],
  ])('runs the migrations of %s that are in the repository', (tool, files, args) => {
    expect(lines({}, [tool], files)).toEqual([`once migrate: node node_modules/${tool}/bin/cli.js ${args}`])
  })

  it.each([
    ['prisma', 'build/index.js', 'prisma/migrations/1/migration.sql', 'migrate deploy'],
    ['knex', 'bin/cli.js', 'migrations/1.js', 'migrate:latest'],
    ['sequelize-cli', 'lib/sequelize', 'migrations/1.js', 'db:migrate'],
    ['drizzle-kit', 'bin.cjs', 'src/db/migrations/meta/_journal.json', 'migrate'],
    ['node-pg-migrate', 'bin/node-pg-migrate', 'migrations/1.sql', 'up'],
  ])('finds the program of %s where the lockfile names none', (tool, file, held, args) => {
    const manifest = { scripts: { start: 'node server.js' }, dependencies: { [tool]: '6.2.0' } }
    const lock = `lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      ${tool}:\n        specifier: 6.2.0\n        version: 6.2.0\npackages:\n  ${tool}@6.2.0:\n    hasBin: true\nsnapshots:\n  ${tool}@6.2.0: {}\n`
    const settings = { 'knexfile.js': '', 'drizzle.config.js': '' }
    const found = detectNode(
      treeOf({ ...web, ...settings, [held]: '{}', 'package.json': JSON.stringify(manifest), 'pnpm-lock.yaml': lock }),
    )
    expect(found?.processes.map(({ argv }) => argv.join(' '))).toEqual([`node node_modules/${tool}/${file} ${args}`])
  })

  it('does not where the tool would miss its settings', () => {
    expect(lines({}, ['knex'], { 'src/migrations/1.js': '', 'db/knexfile.js': '' })).toEqual([])
    expect(lines({}, ['drizzle-kit'], { 'drizzle/meta/_journal.json': '{}' })).toEqual([])
  })

  it('does not when the tool is only there for development, or there are no migrations', () => {
    expect(lines({}, [], { 'knexfile.js': '', 'migrations/1.js': '' }, ['knex'])).toEqual([])
    const { notices } = app({}, [], { 'knexfile.js': '', 'migrations/1.js': '' }, ['knex'])
    expect(notices.find(({ code }) => code === 'migrations-left-out')?.because.map((e) => e.file)).toEqual([
      'package.json',
      'migrations/1.js',
    ])
    expect(lines({}, ['knex'], { 'knexfile.js': '' })).toEqual([])
  })

  it('needs no service where the database is a file', () => {
    const files = { 'knexfile.js': "module.exports = { client: 'sqlite3' }", 'migrations/1.js': '' }
    expect(app({}, ['knex', 'sqlite3'], files).processes[0]?.needs).toEqual([])
    expect(app({}, ['knex', 'pg'], { ...files, 'knexfile.js': "module.exports = { client: 'pg' }" }).processes[0]?.needs).not.toEqual([])
  })

  it('brings what the tool reads into the image', () => {
    const { runPaths } = app({}, ['sequelize-cli'], { 'db/migrations/1.js': '', '.sequelizerc': '', 'config/config.json': '{}' })
    expect(runPaths).toEqual(expect.arrayContaining(['.sequelizerc', 'config', 'db']))
  })

  it.each([
    [{ 'db:migrate': 'prisma migrate dev' }, 'node node_modules/prisma/bin/cli.js migrate deploy'],
    [
      { 'migrate:deploy': 'prisma migrate deploy --schema db/schema.prisma' },
      'node node_modules/prisma/bin/cli.js migrate deploy --schema db/schema.prisma',
    ],
    [{ start: 'npx prisma migrate deploy && node server.js' }, 'node node_modules/prisma/bin/cli.js migrate deploy'],
    [{ migrate: 'node scripts/migrate.js up' }, 'node scripts/migrate.js up'],
    [{ 'migrate:up': 'node scripts/migrate.js up', 'migrate:latest': 'node scripts/migrate.js latest' }, 'node scripts/migrate.js latest'],
  ])('follows a script: %j', (scripts, line) => {
    const [process] = app(scripts, ['prisma'], { 'scripts/migrate.js': '', 'db/schema.prisma': '' }).processes
    expect(process).toMatchObject({
      name: 'migrate',
      kind: 'once',
      argv: line.split(' '),
      needs: ['postgres', 'mysql', 'mariadb', 'mongodb'],
    })
    expect(process?.because[0]).toMatchObject({ file: 'package.json', line: expect.any(Number) })
  })

  it.each([
    { worker: 'node worker.js' },
    { 'start:worker': 'npm run worker', worker: 'node worker.js' },
    { queue: 'NODE_ENV=production nodemon worker.js' },
  ])('starts the worker that a script names: %j', (scripts) => {
    expect(lines(scripts, [], { 'worker.js': '' })).toEqual(['worker worker: node worker.js'])
  })

  it('starts what a build makes of a worker in TypeScript', () => {
    const files = { 'src/worker.ts': '', 'src/server.ts': '', 'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}' }
    const scripts = { build: 'tsc', start: 'node dist/server.js', worker: 'tsx src/worker.ts' }
    expect(lines(scripts, [], files, ['typescript', 'tsx'])).toEqual(['worker worker: node dist/worker.js'])
  })

  it.each([
    ['"module":"commonjs"', "import pg from 'pg'", 'tsx', []],
    ['"module":"commonjs"', "import * as pg from 'pg'\nimport own from './own'", 'tsx', ['worker worker: node dist/worker.js']],
    ['"module":"commonjs","esModuleInterop":true', "import pg from 'pg'", 'tsx', ['worker worker: node dist/worker.js']],
    ['"module":"nodenext"', "import pg from 'pg'", 'tsx', ['worker worker: node dist/worker.js']],
    ['"module":"commonjs"', "import pg from 'pg'", 'ts-node', ['worker worker: node dist/worker.js']],
  ])('starts what the compiler makes only where that finds its imports: %s, %s by %s', (module, text, runner, expected) => {
    const settings = `{"compilerOptions":{"outDir":"dist",${module}}}`
    const files = { 'src/worker.ts': text, 'src/server.ts': '', 'tsconfig.json': settings }
    const scripts = { build: 'tsc', start: 'node dist/server.js', worker: `${runner} src/worker.ts` }
    expect(lines(scripts, [], files, ['typescript', runner])).toEqual(expected)
  })

  it.each([
    { 'migration:run': 'typeorm migration:run -d src/source.ts' },
    {
      'migration:run': 'typeorm-ts-node-commonjs migration:run -d src/source.ts',
      migrate: 'npm run orm -- -d ./src/source.ts migration:run',
      orm: 'env-cmd -- ts-node -r x ./node_modules/typeorm/bin/cli.js',
    },
  ])('gives TypeORM the data source that a build makes: %j', (scripts) => {
    const files = {
      'src/source.ts': '',
      'src/server.ts': '',
      '.scripts/a.ts': '',
      'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}',
    }
    const line = 'once migrate: node node_modules/typeorm/bin/cli.js migration:run -d dist/source.js'
    expect(lines({ build: 'tsc', start: 'node dist/server.js', ...scripts }, ['typeorm'], files, ['typescript', 'ts-node'])).toEqual([line])
    expect(lines(scripts, ['typeorm'], files, ['typescript', 'ts-node'])).toEqual([])
  })

  it('takes names from the Procfile', () => {
    const Procfile = 'web: node server.js\nrelease: node db/up.js\nmails: node mails.js --fast\nclock: node clock.js $EVERY\n'
    expect(lines({}, [], { Procfile, 'db/up.js': '', 'mails.js': '', 'clock.js': '' })).toEqual([
      'once migrate: node db/up.js',
      'worker mails: node mails.js --fast',
    ])
  })

  it('finds a worker of BullMQ that nothing names and nothing loads', () => {
    const worker = "new Worker('mails', async () => {})\n"
    expect(lines({}, ['bullmq'], { 'worker.js': worker })).toEqual(['worker worker: node worker.js'])
    expect(lines({}, ['bullmq'], { 'worker.js': worker, 'server.js': "require('./worker')\n" })).toEqual([])
  })

  it('knows which libraries look for work all the time', () => {
    expect(app({ worker: 'node worker.js' }, ['bullmq'], { 'worker.js': '' }).processes[0]?.polls).toBe(true)
    expect(app({ worker: 'node worker.js' }, [], { 'worker.js': '' }).processes[0]?.polls).toBe(false)
  })

  it('has data to begin with behind its own name', () => {
    expect(lines({ 'db:seed': 'node seeds/run.js' }, [], { 'seeds/run.js': '' })).toEqual(['seed seed: node seeds/run.js'])
  })

  it.each([
    [{ worker: 'node server.js' }],
    [{ worker: 'tsx src/worker.ts' }],
    [{ worker: 'node missing.js' }],
    [{ migrate: 'echo nothing' }],
    [{ migrate: 'typeorm migration:run -d src/data-source.ts' }],
    [{ seed: 'prisma db seed' }],
  ])('leaves %j alone', (scripts) => {
    expect(lines(scripts, ['typeorm', 'prisma'], { 'src/worker.ts': '' }, ['tsx'])).toEqual([])
  })
})
