import { describe, expect, it } from 'vitest'
import { codes, detect, express } from '../../../test/detected-node.ts'

const whole = ['npm run build']

describe('a build that asks for the database', () => {
  it.each([
    ['prisma generate && prisma migrate deploy && next build', ['npx --no -- prisma generate', 'npx --no -- next build']],
    ['run-s db:migrate build:next', ['npm run build:next']],
    ['npm-run-all db:migrate build:next', ['npm run build:next']],
    ['npm run db:migrate && cross-env A=1 next build', ['npx --no -- cross-env A=1 next build']],
    ['npm run all && rimraf tmp', ['npx --no -- next build', 'npx --no -- rimraf tmp']],
    ['prisma db push && next build', ['npx --no -- next build']],
    ['prisma generate && next build', whole],
    ['A=1 next build && prisma migrate deploy', whole],
    ['prisma migrate deploy', whole],
    ['prisma migrate deploy && cd web && next build', whole],
    ['prisma migrate deploy && next build --lint $LINT', whole],
    ['prisma migrate deploy && rm -rf out && next build', ['rm -rf out', 'npx --no -- next build']],
    ['npm run again && prisma migrate deploy && next build', ['npm run again', 'npx --no -- next build']],
  ])('%s', (build, commands) => {
    const scripts = {
      build,
      'build:next': 'next build',
      'db:migrate': 'dotenv -c -- drizzle-kit migrate',
      all: 'prisma migrate deploy && next build',
      again: 'npm run again',
    }
    const app = detect({ ...express, scripts: { ...scripts, start: 'next start' }, dependencies: { next: '15' } }, {})
    expect(app.build.commands.map((words) => words.join(' '))).toEqual(commands)
  })

  it('runs the hooks of the script too', () => {
    const scripts = { prebuild: 'rimraf out', build: 'prisma migrate deploy && next build', postbuild: 'next-sitemap', start: 'next start' }
    const app = detect({ ...express, scripts, dependencies: { next: '15' } }, {})
    expect(app.build.commands.map((words) => words.at(-1))).toEqual(['out', 'build', 'next-sitemap'])
  })

  it('is told of where nothing else makes the tables', () => {
    const scripts = { build: 'prisma db push && next build', start: 'next start' }
    const app = detect({ ...express, scripts, dependencies: { next: '15', prisma: '6' } }, {})
    expect(codes(app)).toContain('migrations-left-out')
    const held = detect(
      {
        scripts: { ...scripts, build: 'drizzle-kit migrate && next build' },
        dependencies: { next: '15' },
        devDependencies: { 'drizzle-kit': '1' },
      },
      { 'drizzle/meta/_journal.json': '' },
    )
    const told = held.notices.filter(({ code }) => code === 'migrations-left-out')
    expect(told.map(({ text }) => text)).toEqual([
      'No tables are made before the program starts: drizzle-kit is installed for development only.',
    ])
    const made = detect(
      { ...express, scripts: { ...scripts, migrate: 'prisma migrate deploy' }, dependencies: { next: '15', prisma: '6' } },
      {},
    )
    expect(made.processes.map(({ kind }) => kind)).toEqual(['once'])
    expect(codes(made)).not.toContain('migrations-left-out')
  })
})
