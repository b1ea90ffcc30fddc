import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../test/laws/hostile.ts'
import type { SecretPlan } from '../model/plan.ts'
import { missingSecrets } from './secrets.ts'

const plans: readonly SecretPlan[] = [
  { name: 'db-password', content: [{ value: 'db' }] },
  { name: 'DATABASE_URL', content: ['DATABASE_URL=postgres://app:', { value: 'db' }, '@db:5432/app?a=[b]'] },
  { name: 'redis.conf', content: ['requirepass ', { value: 'redis' }, '\n'] },
  { name: 'STRIPE_KEY' },
]
const url = (password: string) => `DATABASE_URL=postgres://app:${password}@db:5432/app?a=[b]`
const counting = () => {
  let made = 0
  return () => `random${++made}`
}
const made = (there: Readonly<Record<string, string>>, example?: (name: string) => string) => {
  const { files, unknown } = missingSecrets(plans, new Map(Object.entries(there)), counting(), example)
  return { ...Object.fromEntries(files.map(({ name, text }) => [name, text])), unknown: unknown.join() }
}

describe('secrets', () => {
  it('are as long as they have to be', () => {
    const asked: (number | undefined)[] = []
    const key: SecretPlan = { name: 'KEY', content: ['KEY=', { value: 'KEY', length: 32 }] }
    missingSecrets([key, ...plans], new Map(), (length) => `${asked.push(length)}`)
    expect(asked).toEqual([32, undefined, undefined])
  })

  it('share the values that belong together', () => {
    expect(made({})).toEqual({
      'db-password': 'random1',
      DATABASE_URL: url('random1'),
      'redis.conf': 'requirepass random2\n',
      unknown: 'STRIPE_KEY',
    })
  })

  it('are made to fit those that are there, whichever that is', () => {
    expect(made({ 'db-password': 'old\n' })).toMatchObject({ DATABASE_URL: url('old') })
    expect(made({ DATABASE_URL: `${url('old')}\r\n` })).toMatchObject({ 'db-password': 'old' })
    expect(made({ 'redis.conf': 'requirepass  kept' })).toMatchObject({ 'db-password': 'random1' })
  })

  it('that somebody wrote in another form give nothing away', () => {
    expect(made({ DATABASE_URL: 'DATABASE_URL=postgres://elsewhere' })).toMatchObject({ 'db-password': 'random1' })
  })

  it('have a stand-in where one is asked for', () => {
    expect(made({}, () => 'example')).toMatchObject({ STRIPE_KEY: 'STRIPE_KEY=example', unknown: '' })
  })

  it('are complete after one run, and never made anew', () => {
    const names = plans.flatMap((p) => (p.content === undefined ? [] : [p.name]))
    holds(
      fc.property(fc.subarray(names), (deleted) => {
        const first = missingSecrets(plans, new Map(), counting())
        const all = new Map(first.files.map(({ name, text }) => [name, text]))
        const left = new Map([...all].filter(([name]) => !deleted.includes(name)))
        const again = missingSecrets(plans, left, () => 'fresh')
        expect(again.files.map((f) => f.name)).toEqual(names.filter((name) => deleted.includes(name)))
        // A password is lost only with all that show it.
        const shown = ['db-password', 'DATABASE_URL'].some((name) => left.has(name))
        for (const { name, text } of again.files) if (shown && name !== 'redis.conf') expect(text).toBe(all.get(name))
      }),
    )
  })
})
