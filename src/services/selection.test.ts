import { describe, expect, it } from 'vitest'
import type { Variable } from '../model/app.ts'
import type { Origin, Sourced } from '../model/evidence.ts'
import { Problem } from '../model/problem.ts'
import type { ServiceNeed } from '../model/service.ts'
import { selected, variablesFor, wordsFor } from './selection.ts'

const need = (kind: ServiceNeed['kind'], optional: boolean, more: Partial<ServiceNeed> = {}): ServiceNeed => ({
  kind,
  optional,
  because: [],
  connections: [],
  ...more,
})
const postgres = need('postgres', false, { flavour: 'postgis' })
const redis = need('redis', true)
const mailpit = need('mailpit', true)
const all = [postgres, redis, mailpit]
const said = (value: string, from: Origin = 'answer'): Sourced<string> => ({ value, from, because: [] })

describe('what is set up', () => {
  it.each<[string | undefined, readonly ServiceNeed[], readonly ServiceNeed[], readonly ServiceNeed[]]>([
    [undefined, [postgres], [], [redis, mailpit]],
    ['redis', [postgres, redis], [], [mailpit]],
    ['redis, mailpit', all, [], []],
    ['-redis', [postgres], [], [redis, mailpit]],
    ['-postgres', [], [postgres], [redis, mailpit]],
    ['-postgis redis', [redis], [postgres], [mailpit]],
    ['redis -redis', [postgres], [], [redis, mailpit]],
    ['-redis,redis', [postgres, redis], [], [mailpit]],
    ['-kafka', [postgres], [], [redis, mailpit]],
  ])('with %j', (value, here, elsewhere, leftOut) => {
    expect(selected(all, value === undefined ? undefined : said(value))).toEqual({ here, elsewhere, leftOut })
  })

  it('is no service that the project does not talk to: an answer is refused, a file or a preset may be of another day', () => {
    expect(() => selected(all, said('redis, kafka'))).toThrow(Problem)
    expect(() => selected([], said('kafka'))).toThrow(/kafka/)
    expect(selected(all, said('kafka', 'project')).here).toEqual([postgres])
  })
})

describe('the words for it', () => {
  it.each<[readonly ServiceNeed[], string | undefined, string]>([
    [[postgres], undefined, 'postgis, -redis, -mailpit'],
    [all, 'redis, mailpit', 'postgis, redis, mailpit'],
    [[], '-postgis', '-postgis, -redis, -mailpit'],
  ])('say what differs, or all', (marked, short, whole) => {
    expect([wordsFor(all, marked, false), wordsFor(all, marked, true)]).toEqual([short, whole])
    expect(selected(all, said(whole)).here).toEqual(marked)
  })
})

describe('what leads to a service that is left out', () => {
  const variable = (name: string, more: Partial<Variable> = {}): Variable => ({
    name,
    required: true,
    secret: true,
    generated: false,
    because: [],
    ...more,
  })
  const locked = (kind: ServiceNeed['kind'], optional: boolean, name: string) =>
    need(kind, optional, { connections: [{ variable: name, holds: 'password' }] })
  it.each<[string, Variable, readonly ServiceNeed[], boolean]>([
    ['is not asked for', variable('KEY'), [locked('minio', true, 'KEY')], false],
    ['is, where the service is there', variable('KEY'), [locked('minio', false, 'KEY')], true],
    ['is, where another is reached by it', variable('KEY'), [locked('minio', true, 'KEY'), locked('postgres', false, 'KEY')], true],
    [
      'is, where it has a value of its own',
      variable('KEY', { example: { value: 'file:/data/a.db', because: { file: 'a', saw: 'b' } } }),
      [locked('mysql', true, 'KEY')],
      true,
    ],
    ['is, where its value is made', variable('KEY', { generated: true }), [locked('mysql', true, 'KEY')], true],
    ['is, where it leads nowhere', variable('KEY'), [locked('minio', true, 'OTHER')], true],
  ])('%s', (_, one, needs, required) => expect(variablesFor([one], selected(needs))).toEqual([{ ...one, required }]))
})
