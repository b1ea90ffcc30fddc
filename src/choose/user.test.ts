import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../test/laws/hostile.ts'
import type { Origin } from '../model/evidence.ts'
import type { Chosen } from '../model/options.ts'
import { Problem } from '../model/problem.ts'
import { combined } from './choose.ts'
import { chosenUser, userIn } from './user.ts'

const range = (value: string, from: Origin): Chosen => ({
  'user-range': { value, from, because: [{ file: 'preset acme: preset.toml', line: 4, saw: value }] },
})
const user = (value: number, from: Origin): Chosen => ({ user: { value, from, because: [] } })
const name: Chosen = { name: { value: 'shop', from: 'default', because: [] } }

describe('a user id of a range', () => {
  it('is always in it, and the same for the same name', () => {
    holds(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), fc.nat(999_999), fc.string(), (from, more, text) => {
        const id = userIn(from, from + more, text)
        expect(id).toBeGreaterThanOrEqual(from)
        expect(id).toBeLessThanOrEqual(from + more)
        expect(userIn(from, from + more, text)).toBe(id)
      }),
    )
  })

  it('is another one for most other names', () => {
    const ids = new Set(Array.from({ length: 200 }, (_, i) => userIn(20_000, 29_999, `service-${i}`)))
    expect(ids.size).toBeGreaterThan(190)
    expect(userIn(20_000, 29_999, 'shop')).toBe(22_857)
  })
})

describe('user and user-range', () => {
  it.each([
    [[name, user(10_001, 'default'), range('20000-29999', 'preset')], 22_857, 'preset'],
    [[name, user(10_001, 'default'), range('20000-29999', 'preset'), user(30_000, 'project')], 30_000, 'project'],
    [[name, user(30_000, 'project'), range('20000-29999', 'force')], 22_857, 'force'],
    [[name, { ...range('20000-29999', 'preset'), ...user(10_002, 'preset') }], 10_002, 'preset'],
  ] as const)("stand in each other's place %#", (layers, value, from) => {
    expect(chosenUser(combined(layers))).toMatchObject({ value, from })
  })

  it('show the line of the range', () => {
    expect(chosenUser(combined([name, range('20000-29999', 'preset')]))?.because[0]?.line).toBe(4)
  })

  it('refuse a range that ends before it begins', () => {
    expect(() => chosenUser(range('9-8', 'preset'))).toThrow(Problem)
  })
})
