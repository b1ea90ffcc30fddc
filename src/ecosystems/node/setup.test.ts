import { expect, it } from 'vitest'
import { detect } from '../../../test/detected-node.ts'
import { install } from './steps.ts'

const generates = ['npx', '--no', '--', 'prisma', 'generate']
const schema = 'generator client {\n}\n'

it.each([
  [{ 'prisma/schema.prisma': schema }, {}, generates, ['prisma']],
  [{ 'schema.prisma': schema }, {}, [...generates, '--schema', 'schema.prisma'], ['schema.prisma']],
  [{ 'src/prisma/schema.prisma': schema }, {}, [...generates, '--schema', 'src/prisma/schema.prisma'], ['src/prisma']],
  [{ 'db/a.prisma': schema, 'old/a.prisma': schema }, { schema: './db' }, [...generates, '--schema', 'db'], ['db']],
  [
    { 'prisma/a.prisma': schema, 'old/a.prisma': schema },
    { schema: 'prisma/a.prisma' },
    [...generates, '--schema', 'prisma/a.prisma'],
    ['prisma'],
  ],
])('makes the client of Prisma of %j', (files, prisma, argv, reads) => {
  const app = detect({ devDependencies: { prisma: '6' }, prisma }, files)
  expect(app.setup).toEqual([{ argv, reads }])
  expect(app.folders).toEqual(expect.arrayContaining(reads.filter((path) => path !== 'schema.prisma')))
})

it('gives the settings of Prisma what they ask for while its client is made', () => {
  const settings =
    "import { defineConfig, env } from 'prisma/config'\nexport default defineConfig({ datasource: { url: env('SHOP_URL') } })\n"
  const app = detect({ devDependencies: { prisma: '7' } }, { 'prisma/schema.prisma': schema, 'prisma.config.ts': settings })
  expect(app.setup).toEqual([{ argv: generates, reads: ['prisma', 'prisma.config.ts'], env: { SHOP_URL: 'postgresql://localhost/build' } }])
  const steps = install({ ...app, lockfile: undefined }, false, false, '24', '/app')
  expect(JSON.stringify(steps)).toContain('"env":{"SHOP_URL":"postgresql://localhost/build"}')
})

it.each([
  [{ 'a/a.prisma': schema, 'b/a.prisma': schema }, {}],
  [{ 'a/a.prisma': 'model A {}\n' }, {}],
  [{}, { schema: '../db/schema.prisma' }],
])('makes none where nothing says which schema: %j', (files, prisma) =>
  expect(detect({ devDependencies: { prisma: '6' }, prisma }, files).setup).toEqual([]),
)
