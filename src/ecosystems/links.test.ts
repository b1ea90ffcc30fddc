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
