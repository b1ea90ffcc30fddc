import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../test/laws/hostile.ts'
import { counterpart } from './lines.ts'

const lines = (text: string): readonly string[] => [...text]

describe('counterpart', () => {
  it.each([
    ['abc', 'abc', 1, { at: 1, same: true }],
    ['abc', 'axbc', 1, { at: 2, same: true }],
    ['abc', 'ac', 2, { at: 1, same: true }],
    ['abc', 'axc', 1, { at: 1, same: false }],
    ['abc', 'ac', 1, undefined],
    ['abc', 'axyc', 1, undefined],
    ['', 'abc', 0, { at: 3, same: true }],
  ] as const)('of %j in %j, line %i', (from, to, at, expected) => {
    expect(counterpart(lines(from), lines(to), at)).toEqual(expected)
  })

  it('stands for the same text when it says so', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 12 })
    holds(
      fc.property(text, text, fc.nat(11), (from, to, n) => {
        const at = n % from.length
        const found = counterpart(from, to, at)
        if (found?.same === true) expect(to[found.at]).toBe(from[at])
        if (found?.same === false) expect(to[found.at]).toBeDefined()
      }),
    )
  })
})
