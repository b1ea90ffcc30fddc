import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../test/laws/hostile.ts'
import { problemOf } from '../../test/problem.ts'
import { Problem } from '../model/problem.ts'
import { nearest, readToml } from './toml.ts'

const read = (text: string) => readToml(text, 'x.toml', 'toml-invalid')
const refusal = (text: string) => problemOf(() => read(text))

describe('readToml', () => {
  it('knows the line of every key and item', () => {
    const { lineOf } = read(`# "a" = 1
a = 1
b.c = """
x = 2
"""
list = [ # [
  'one', # two
  "two",
]
[t."a.b"]
in = { x = 1, y.z = [{ q = 2 }] }
[[case]]
k = 1
[case.when]
w = 1
[[case]]
[case.when]
w = 2
`)
    expect(lineOf('a')).toBe(2)
    expect(lineOf('b', 'c')).toBe(3)
    expect([lineOf('list'), lineOf('list', 0), lineOf('list', 1), lineOf('list', 9)]).toEqual([6, 7, 8, 6])
    expect([lineOf('t', 'a.b'), lineOf('t', 'a.b', 'in', 'y', 'z', 0, 'q')]).toEqual([10, 11])
    expect([lineOf('case', 0, 'k'), lineOf('case', 0, 'when', 'w'), lineOf('case', 1), lineOf('case', 1, 'when', 'w')]).toEqual([
      13, 15, 16, 18,
    ])
    expect(lineOf('nowhere')).toBe(1)
  })

  it.each([
    ['an array in arrays', `a = ${'['.repeat(100_000)}`],
    ['a table in tables', `a = ${'{a='.repeat(50_000)}`],
    ['a key of keys', `${'a.'.repeat(50_000)}a = 1`],
    ['a table named by keys', `[${'a.'.repeat(50_000)}a]`],
    ['a text of 1 MB', `a = "${'x'.repeat(1 << 20)}"`],
    ['an open text', `a = """${'"" '.repeat(80_000)}`],
    ['nothing but quotes', '"'.repeat(200_000)],
    ['nothing but lines', `${'a = ,\n'.repeat(40_000)}`],
  ])('refuses %s at once', (_, text) => {
    const before = performance.now()
    expect(refusal(text)).toMatchObject({ code: 'toml-invalid', exit: 2 })
    expect(performance.now() - before).toBeLessThan(2_000)
  })

  it('is not changed by keys that every object has', () => {
    expect(Object.keys(read('[a.__proto__]\nx = 1').data['a'] ?? {})).toEqual(['__proto__'])
  })

  it('never fails in another way, whatever the text', () => {
    const piece = fc.constantFrom('a', '.', '=', '[', ']', '{', '}', '"', '"""', "'", '\n', '#', ',', '1979-05-27', '__proto__', ' ')
    holds(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          read(pieces.join(''))
        } catch (error) {
          expect(error).toBeInstanceOf(Problem)
        }
      }),
    )
  })
})

it('finds the nearest key', () => {
  expect(nearest('memroy', ['memory', 'cpus'])).toBe('memory')
  expect(nearest('zzz', ['memory', 'cpus'])).toBeUndefined()
})
