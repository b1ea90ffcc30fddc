import { expect, it } from 'vitest'
import { findKombu } from './kombu.ts'

const because = { file: 'requirements.txt', line: 1, saw: '' }
const found = (texts: readonly string[], hashed = false) =>
  findKombu({
    hashed,
    packages: texts.map((text) => {
      const [name = '', version] = text.split('==')
      return { name, version, extras: [], clauses: undefined, wheels: undefined, because }
    }),
  })

it.each([
  [['celery==5.2.7', 'redis==4.4.0'], true],
  [['celery==5.4.0', 'redis==6.0.0'], true],
  [['celery==5.2.7', 'redis==6.1.0'], false],
  [['celery==5.5.0', 'redis==4.4.0'], false],
  [['celery==4.4.7', 'redis==3.5.3'], false],
  [['celery==5.2.7', 'redis==4.4.0', 'kombu==5.2.4'], false],
  [['celery', 'redis==4.4.0'], false],
  [['celery==5.2.7', 'redis'], false],
  [['celery==5.2.7'], false],
] as const)('%j needs an older kombu: %s', (texts, needed) => {
  const { undeclared, notices } = found(texts)
  expect([undeclared.length, notices.map(({ code }) => code)]).toEqual(needed ? [1, ['kombu-added']] : [0, []])
})

it('is left to a set that has hashes', () => expect(found(['celery==5.2.7', 'redis==4.4.0'], true).undeclared).toEqual([]))
