import { describe, expect, it } from 'vitest'
import type { LockedFact } from '../model/artifact.ts'
import type { ServiceKind, ServiceNeed } from '../model/service.ts'
import { noLock } from './lock.ts'
import { asToldBefore, serviceFacts } from './services.ts'

const need = (kind: ServiceKind, told: Partial<ServiceNeed> = {}): ServiceNeed => ({
  kind,
  optional: false,
  because: [],
  connections: [],
  ...told,
})
const lockWith = (facts: Readonly<Record<string, string>>) => ({
  ...noLock,
  facts: new Map(Object.entries(facts).map(([name, value]): [string, LockedFact] => [name, { value }])),
})
const now = (services: readonly ServiceNeed[], facts: Readonly<Record<string, string>>) => asToldBefore(services, lockWith(facts))

describe('what files told of services', () => {
  const told: Partial<ServiceNeed> = {
    name: 'mydb',
    release: '16',
    flavour: 'pgvector',
    database: 'shop',
    published: [{ host: 5433, container: 5432 }],
  }

  it('is kept in the lock, and comes back from it', () => {
    const facts = serviceFacts([need('postgres', told), need('redis')])
    expect(facts).toEqual([['service postgres', { value: 'name=mydb release=16 flavour=pgvector database=shop published=5433:5432' }]])
    expect(asToldBefore([need('postgres'), need('redis')], { ...noLock, facts: new Map(facts) })).toEqual([
      need('postgres', told),
      need('redis'),
    ])
  })

  it('is not kept where it could not be told from other words', () =>
    expect(serviceFacts([need('postgres', { database: 'a shop', release: '16' })])).toEqual([
      ['service postgres', { value: 'release=16' }],
    ]))

  it('gives way to what files tell now', () =>
    expect(now([need('postgres', { release: '17' })], { 'service postgres': 'name=mydb release=16' })).toEqual([
      need('postgres', { name: 'mydb', release: '17' }),
    ]))

  it('is also that the service which speaks the same language runs', () => {
    expect(now([need('redis')], { 'service valkey': 'name=cache' })).toEqual([need('valkey', { name: 'cache' })])
    expect(now([need('redis'), need('valkey')], { 'service valkey': 'name=cache' })).toEqual([
      need('redis'),
      need('valkey', { name: 'cache' }),
    ])
  })

  it.each(['name=web: {privileged: true}', 'name=../x', 'release=1;id', 'flavour=constructor', ''])('is not believed: %j', (value) =>
    expect(now([need('postgres')], { 'service postgres': value })).toEqual([need('postgres')]),
  )
})
