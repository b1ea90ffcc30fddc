import { describe, expect, it } from 'vitest'
import { Problem } from '../model/problem.ts'
import { among, named, presetOf } from './preset.fixture.ts'
import { resolvePresets } from './resolve.ts'

const preset = (ref: string, ...bases: readonly string[]) =>
  presetOf(ref, `description = "${ref}"\nextends = [${bases.map((b) => `"${b}"`).join(', ')}]\n`)
const order = (refs: readonly string[], ...sources: readonly ReturnType<typeof preset>[]) =>
  resolvePresets(named(...refs), among(...sources)).presets.map((p) => p.ref)
const problemOf = (run: () => unknown): Problem['text'] => {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return error.text
    throw error
  }
  throw new Error('no Problem was thrown')
}
const chain = (length: number) => Array.from({ length }, (_, i) => preset(`p${i}`, ...(i + 1 < length ? [`p${i + 1}`] : [])))

describe('resolvePresets', () => {
  it('puts what is extended before what extends it, the later name last', () => {
    expect(order(['a', 'b'], preset('a', 'x', 'y'), preset('b'), preset('x'), preset('y'))).toEqual(['x', 'y', 'a', 'b'])
  })

  it('takes the tip of a diamond once', () => {
    expect(order(['a'], preset('a', 'l', 'r'), preset('l', 'base'), preset('r', 'base'), preset('base'))).toEqual(['base', 'l', 'r', 'a'])
  })

  it('follows fifty, and no further', () => {
    expect(order(['p0'], ...chain(50))).toHaveLength(50)
    expect(problemOf(() => order(['p0'], ...chain(51)))).toMatchObject({ code: 'preset-too-deep', exit: 2 })
  })

  it('is not slowed down by many ways to the same preset', () => {
    const layers = Array.from({ length: 40 }, (_, i) => [
      preset(`l${i}`, `l${i + 1}`, `r${i + 1}`),
      preset(`r${i}`, `l${i + 1}`, `r${i + 1}`),
    ]).flat()
    expect(order(['l0'], ...layers, preset('l40'), preset('r40'))).toHaveLength(81)
  })

  it('says who extends itself, and who is not there', () => {
    expect(problemOf(() => order(['a'], preset('a', 'b'), preset('b', 'a')))).toMatchObject({
      code: 'preset-circle',
      message: 'A preset extends itself: a → b → a.',
      file: 'preset b: preset.toml',
      line: 2,
    })
    expect(problemOf(() => order(['a'], preset('a', 'nothing')))).toMatchObject({ code: 'preset-unknown', file: 'preset a: preset.toml' })
    expect(problemOf(() => order(['p0'], preset('p0', ...Array.from({ length: 50 }, (_, i) => `q${i}`))))).toMatchObject({
      code: 'preset-unknown',
    })
  })
})
