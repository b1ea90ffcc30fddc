import { describe, expect, it } from 'vitest'
import type { Origin, Sourced } from '../model/evidence.ts'
import { Problem } from '../model/problem.ts'
import type { ServiceNeed } from '../model/service.ts'
import { selected, wordsFor } from './selection.ts'

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
  it.each<[string | undefined, readonly ServiceNeed[], readonly ServiceNeed[]]>([
    [undefined, [postgres], []],
    ['redis', [postgres, redis], []],
    ['redis, mailpit', all, []],
    ['-redis', [postgres], []],
    ['-postgres', [], [postgres]],
    ['-postgis redis', [redis], [postgres]],
    ['redis -redis', [postgres], []],
    ['-redis,redis', [postgres, redis], []],
    ['-kafka', [postgres], []],
  ])('with %j', (value, here, elsewhere) => {
    expect(selected(all, value === undefined ? undefined : said(value))).toEqual({ here, elsewhere })
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
