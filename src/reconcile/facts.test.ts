import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Lock, LockedFact } from '../model/artifact.ts'
import type { Sourced } from '../model/evidence.ts'
import type { Choices } from '../model/options.ts'
import type { Plan } from '../model/plan.ts'
import { type Contract, changesSince, factsOf, onlyToolChanged } from './facts.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const evidence = { file: '.nvmrc', line: 1, saw: '22' }
const given = <T>(value: T, ...because: Sourced<T>['because']): Sourced<T> => ({ value, from: 'detected', because })
const choicesWith = (release: Sourced<string>): Choices => ({ release, port: given(3000) }) as unknown as Choices

const plan = {
  images: [
    {
      stages: [
        {
          steps: [
            { do: 'copy', paths: ['src/', 'a.js'], to: './' },
            { do: 'copy', paths: ['a.js'], to: './' },
            { do: 'copy', from: 'build', paths: ['dist/'], to: './' },
            { do: 'run', commands: [{ argv: ['apt-get', 'update'] }, { argv: ['apt-get', 'install', '-y', 'libpq5=1*', 'gcc=4:1*'] }] },
            { do: 'run', commands: [{ argv: ['npm', 'install', '--global', 'pnpm@10.8.1'] }, { argv: ['npm', 'ci'] }] },
            { do: 'env', values: { HOST: '0.0.0.0' } },
          ],
        },
      ],
      writable: [{ path: '/app/data', keep: true }],
    },
  ],
  services: [
    {
      source: { dockerfile: 'Dockerfile' },
      environment: { DB_HOST: 'db' },
      variables: ['API_URL'],
      examples: { MODE: 'a' },
      secrets: ['KEY'],
    },
    { source: { image: { repository: 'postgres', tag: '18' } }, environment: { POSTGRES_USER: 'app' }, variables: [], secrets: [] },
  ],
} as unknown as Plan

const shown = { file: 'src/config.ts', line: 12, saw: 'process.env.API_URL' }
const contract: Contract = {
  variables: [{ name: 'API_URL', required: false, secret: false, generated: false, because: [shown] }],
  services: [{ kind: 'redis', optional: false, because: [], connections: [] }],
}
const facts = (release = given('22', evidence)) => factsOf(choicesWith(release), plan, contract, sha256)
const lockOf = (tool: string, known: ReadonlyMap<string, LockedFact>): Lock => ({
  tool,
  facts: known,
  bases: new Map(),
  ejected: new Set(),
  replaced: new Map(),
  presets: new Map(),
})

describe('factsOf', () => {
  test('names the file, not the line, and digests what was seen', () => {
    expect(Object.fromEntries(facts())).toEqual({
      copied: { value: 'a.js src/' },
      environment: { value: 'API_URL DB_HOST HOST KEY MODE' },
      installed: { value: 'gcc libpq5 pnpm@10.8.1' },
      port: { value: '3000' },
      release: { value: '22', file: '.nvmrc', seen: sha256('22').slice(0, 12) },
      services: { value: 'redis' },
      variables: { value: 'API_URL' },
      writable: { value: '/app/data' },
    })
    expect(facts(given('22', { ...evidence, line: 7 }))).toEqual(facts())
  })
})

describe('changesSince', () => {
  test('says what came, went and changed, with what shows it', () => {
    const before = new Map<string, LockedFact>([...facts(), ['vendor', { value: 'acme' }]])
    before.delete('port')
    const fresh = given('24', { ...evidence, saw: '24' })
    expect(changesSince(lockOf('1', before), facts(fresh), choicesWith(fresh), contract)).toEqual([
      { name: 'port', before: undefined, after: '3000', because: undefined },
      { name: 'release', before: '22', after: '24', because: { ...evidence, saw: '24' } },
      { name: 'vendor', before: 'acme', after: undefined, because: undefined },
    ])
    expect(changesSince(lockOf('1', facts()), facts(), choicesWith(given('22', evidence)), contract)).toEqual([])
  })

  test('tells of each variable and service by itself, and of none when the lock has no list', () => {
    const before = new Map<string, LockedFact>([...facts(), ['variables', { value: 'OLD' }], ['services', { value: '' }]])
    const changes = (known: ReadonlyMap<string, LockedFact>) =>
      changesSince(lockOf('1', known), facts(), choicesWith(given('22', evidence)), contract)
    expect(changes(before)).toEqual([
      { name: 'redis', before: undefined, after: '', because: undefined },
      { name: 'API_URL', before: undefined, after: '', because: shown },
      { name: 'OLD', before: '', after: undefined, because: undefined },
    ])
    before.delete('variables')
    before.delete('services')
    expect(changes(before)).toEqual([])
  })
})

describe('changes of what the plan lists', () => {
  const changes = (name: string, before: string | undefined, known = facts()) => {
    const old = new Map(known)
    old.delete(name)
    if (before !== undefined) old.set(name, { value: before })
    return changesSince(lockOf('1', old), facts(), choicesWith(given('22', evidence)), contract)
  }

  test('are told, and nothing of a lock that has no such list', () => {
    expect(changes('installed', 'gcc libpq5 pnpm@10.6.4')).toEqual([
      { name: 'installed', before: 'gcc libpq5 pnpm@10.6.4', after: 'gcc libpq5 pnpm@10.8.1', because: undefined },
    ])
    expect(changes('writable', '')).toEqual([{ name: 'writable', before: '', after: '/app/data', because: undefined }])
    for (const name of ['installed', 'environment', 'writable']) expect(changes(name, undefined)).toEqual([])
  })

  test('leave out variables that are told of by themselves', () => {
    const without = new Map([...facts(), ['variables', { value: 'OLD' }] as const])
    expect(changes('environment', 'DB_HOST HOST KEY MODE OLD', without).map(({ name }) => name)).toEqual(['API_URL', 'OLD'])
    expect(changes('environment', 'DB_HOST KEY MODE OLD', without)[0]).toEqual({
      name: 'environment',
      before: 'DB_HOST KEY MODE',
      after: 'DB_HOST HOST KEY MODE',
      because: undefined,
    })
  })
})

describe('onlyToolChanged', () => {
  const known = facts()

  test('is so when another version reads the same things otherwise', () => {
    const read = new Map([...known, ['port', { value: '8080' }] as const])
    expect(onlyToolChanged(lockOf('1', known), read, '2')).toBe(true)
    expect(onlyToolChanged(lockOf('2', known), read, '2')).toBe(false)
    const other = new Map([...known, ['installed', { value: 'libpq5' }] as const])
    other.delete('environment')
    expect(onlyToolChanged(lockOf('1', known), other, '2')).toBe(true)
  })

  test('is not so when the repository shows something else, or other files are copied', () => {
    const seen = facts(given('24', { ...evidence, saw: '24' }))
    const copied = new Map([...known, ['copied', { value: 'a.js' }] as const])
    for (const fresh of [seen, copied]) expect(onlyToolChanged(lockOf('1', known), fresh, '2')).toBe(false)
  })
})
