import { expect, test } from 'vitest'
import type { Difference } from '../model/difference.ts'
import { differencesText } from './differences.ts'

const all: readonly Difference[] = [
  {
    service: 'db',
    there: true,
    changed: [{ key: 'image', before: 'postgres:16-alpine', after: 'postgres:16' }, { key: 'environment' }],
    added: ['cap_drop', 'read_only'],
    dropped: ['container_name'],
  },
  { service: 'nginx', there: false },
]

test('services are told one by one, with what becomes of them', () => {
  expect(
    differencesText('docker-compose.yml', 'compose.yaml', all, Number.POSITIVE_INFINITY),
  ).toBe(`docker-compose.yml and compose.yaml, service by service:
  db: kept
    changes image (postgres:16-alpine -> postgres:16), environment
    adds cap_drop, read_only
    drops container_name
  nginx: not in ours
`)
})

test('no line is wider than the terminal, and nothing is said of nothing', () => {
  const lines = differencesText('c.yml', 'c', all, 30).split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(30)
  expect(differencesText('c.yml', 'c', [], 80)).toBe('')
})
