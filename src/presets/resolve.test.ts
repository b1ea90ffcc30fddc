import { describe, expect, it } from 'vitest'
import { problemOf } from '../../test/problem.ts'
import type { App } from '../model/app.ts'
import { among, named, presetOf } from './preset.fixture.ts'
import { layersFor, resolvePresets } from './resolve.ts'

const preset = (ref: string, ...bases: readonly string[]) =>
  presetOf(ref, `description = "${ref}"\nextends = [${bases.map((b) => `"${b}"`).join(', ')}]\n`)
const order = (refs: readonly string[], ...sources: readonly ReturnType<typeof preset>[]) =>
  resolvePresets(named(...refs), among(...sources)).presets.map((p) => p.ref)
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

describe('layersFor', () => {
  const base = presetOf(
    'base',
    'description = "b"\n[defaults]\nmemory = 100\npids = 50\n[floors]\nnon-root = true\n[blocks]\nignore = "a"\n',
  )
  const ours = presetOf(
    'ours',
    'description = "o"\nextends = ["base"]\n[defaults]\nmemory = 200\n[floors]\nread-only = true\n[blocks]\nignore = "b"\n[[case]]\nwhen = { framework = ["django"], kind = ["web"] }\n[case.force]\nuser = 9\n',
  )
  const layers = (frameworks: readonly string[], port: number) =>
    layersFor(resolvePresets(named('ours'), among(base, ours)), {
      ecosystem: 'python',
      frameworks,
      found: { port: { value: port, from: 'detected', because: [] } },
    } as unknown as App)

  it('has the extending preset win, and keeps every floor', () => {
    const { defaults, floors, blocks, force } = layers([], 8000)
    expect([defaults.memory?.value, defaults.pids?.value]).toEqual([200, 50])
    expect(floors.map((f) => f.floor)).toEqual(['non-root', 'read-only'])
    expect(blocks.map((b) => [b.template, b.preset])).toEqual([['b', 'ours']])
    expect(force).toEqual({})
  })

  it('takes a case only where all of its conditions hold', () => {
    expect(layers(['django'], 8000).force.user?.value).toBe(9)
    expect(layers(['django'], 0).force).toEqual({})
  })
})
