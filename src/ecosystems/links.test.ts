import { expect, it } from 'vitest'
import type { Variable } from '../model/app.ts'
import { linksTo } from './links.ts'

function variable(name: string): Variable {
  return {
    name,
    required: false,
    secret: /PASSWORD/.test(name),
    generated: false,
    because: [{ file: 'a.js', line: 1, saw: `env.${name}` }],
  }
}

it('a file is taken for what holds a value that is hidden, and for nothing else', () => {
  const names = ['DB_HOST', 'DB_HOST_FILE', 'DB_PASSWORD', 'DB_PASSWORD_FILE', 'DB_USER']
  const links = linksTo('postgres', new Set(['postgres']), names.map(variable), new Map())
  expect(links.map(({ connection }) => connection)).toEqual([
    { variable: 'DB_HOST', holds: 'host' },
    { variable: 'DB_PASSWORD', holds: 'password', file: 'DB_PASSWORD_FILE' },
    { variable: 'DB_USER', holds: 'user' },
  ])
})

it.each([
  ['DB_TYPE', 'postgresql', true],
  ['SHOP_ENGINE', 'Postgres', true],
  ['DB_TYPE', 'mysql', false],
  ['DB_TYPE', 'database', false],
  ['DB_KIND', 'postgres', false],
])('the engine is chosen as the repository shows it: %s=%s', (name, value, chosen) => {
  const told = new Map([[name, [{ value, because: { file: '.env.example', line: 1, saw: name } }]]])
  const links = linksTo('postgres', new Set(['postgres']), ['DB_HOST', name].map(variable), told)
  expect(links.map(({ connection }) => connection)).toEqual([
    { variable: 'DB_HOST', holds: 'host' },
    ...(chosen ? [{ variable: name, holds: 'engine', value }] : []),
  ])
})

it.each([
  ['SHOP_DB_DISABLE_SSL', 'True', 'compose.yaml', true],
  ['PGSSLMODE', 'disable', 'compose.yaml', true],
  ['PGSSLMODE', 'require', 'compose.yaml', false],
  ['PGSSLMODE', 'disable', '.env.example', false],
  ['SITE_SSL', 'True', 'compose.yaml', false],
])('a database is reached as the compose file shows it: %s=%s in %s', (name, value, file, taken) => {
  const told = new Map([[name, [{ value, because: { file, line: 1, saw: name } }]]])
  const links = linksTo('postgres', new Set(['postgres']), ['DB_HOST', name].map(variable), told)
  expect(links.map(({ connection }) => connection).slice(1)).toEqual(taken ? [{ variable: name, holds: 'engine', value }] : [])
})

it.each([
  ['compose.yaml', false],
  ['.env.example', true],
])('what no code names is idle, unless a compose file gives it an address: %s', (file, idle) => {
  const told = new Map([['SHOP_DSN', [{ value: 'postgres://db/shop', because: { file, line: 1, saw: 'SHOP_DSN' } }]]])
  const shown = { ...variable('SHOP_DSN'), because: [] }
  expect(linksTo('postgres', new Set(['postgres']), file === 'compose.yaml' ? [] : [shown], told)).toMatchObject([{ idle }])
})
