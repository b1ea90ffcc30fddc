import { describe, expect, it } from 'vitest'
import { problemOf } from '../../test/problem.ts'
import { parsePreset } from './parse.ts'
import { presetOf } from './preset.fixture.ts'

const refusal = (toml: string, files = {}) => problemOf(() => parsePreset(presetOf('acme', toml, files)))
const file = 'preset acme: preset.toml'

describe('parsePreset', () => {
  it('gives every value its line', () => {
    const preset = parsePreset(
      presetOf(
        'acme',
        `description = "Ours"
waivers = true
extends = [
  "strict",
  "./base",
]
when = { ecosystem = ["node"] }
[defaults]
memory = 256
[force]
user = 10002
[floors]
memory = { max = 512 }
non-root = true
read-only = false
[blocks]
ignore = { file = "blocks/ignore.hbs" }
[[case]]
when = { framework = ["express"] }
[case.defaults]
port = 8080
`,
        { 'blocks/ignore.hbs': '*.bak\n' },
      ),
    )
    expect(preset.extends.map((e) => [e.ref, e.because.line])).toEqual([
      ['strict', 4],
      ['./base', 5],
    ])
    const [own, express] = preset.sections
    expect(own?.defaults.memory).toEqual({ value: 256, from: 'preset', because: [{ file, line: 9, saw: 'memory = 256' }] })
    expect(own?.force.user).toMatchObject({ value: 10_002, from: 'force' })
    expect(own?.floors).toEqual([
      { floor: 'memory', max: 512, preset: 'acme', waivable: true, because: { file, line: 13, saw: 'memory = {"max":512}' } },
      { floor: 'non-root', preset: 'acme', waivable: true, because: { file, line: 14, saw: 'non-root = true' } },
    ])
    expect(own?.blocks).toMatchObject([{ name: 'ignore', template: '*.bak\n', because: { file: 'preset acme: blocks/ignore.hbs' } }])
    expect(express?.when).toEqual({ ecosystem: ['node'], framework: ['express'] })
    expect(express?.defaults.port?.because[0]?.line).toBe(21)
  })

  it.each([
    ['no description', 'waivers = true', { code: 'preset-invalid', line: 1 }],
    ['an unknown key', 'description = "a"\ndefalts = {}', { code: 'key-unknown', line: 2, fix: /^Did you mean defaults\?/ }],
    ['an unknown option', 'description = "a"\n[defaults]\nmemroy = 1', { code: 'key-unknown', line: 3, fix: /Did you mean memory\?/ }],
    ['an unknown floor', 'description = "a"\n[floors]\nread-onyl = true', { code: 'key-unknown', line: 3, fix: /read-only\?/ }],
    ['an option of another kind', 'description = "a"\n[defaults]\nmemory = "lots"', { code: 'option-invalid', message: /preset.toml:3/ }],
    ['a date', 'description = 1979-05-27', { code: 'preset-invalid', line: 1 }],
    ['a date for a number', 'description = "a"\n[floors]\nmemory = { max = 1979-05-27 }', { code: 'preset-invalid', line: 3 }],
    ['a date for a table', 'description = "a"\nfloors = 1979-05-27', { code: 'preset-invalid', line: 2 }],
    ['an empty range', 'description = "a"\n[floors]\nmemory = { min = 2, max = 1 }', { code: 'preset-invalid', line: 3 }],
    ['a pattern that is none', 'description = "a"\n[floors.labels]\nteam = "("', { code: 'preset-invalid', line: 3 }],
    ['a block without its file', 'description = "a"\n[blocks]\nignore = { file = "x.hbs" }', { code: 'preset-invalid', line: 3 }],
    ['cases that are no tables', 'description = "a"\ncase = [1]', { code: 'preset-invalid', line: 2 }],
    ['an odd condition', 'description = "a"\n[when]\necosystem = ["ruby"]', { code: 'preset-invalid', line: 3 }],
    ['a key that every object has', 'description = "a"\n[floors]\n__proto__ = true', { code: 'key-unknown', line: 3 }],
    ['a table that every object has', 'description = "a"\n[defaults.__proto__]\nx = 1', { code: 'key-unknown', line: 2 }],
    ['a constructor', 'description = "a"\n[defaults.constructor]\nprototype = 1', { exit: 2 }],
    ['a text of 1 MB', `description = "${'x'.repeat(1 << 20)}"`, { code: 'preset-invalid' }],
    ['a text of 2 KB', `description = "${'x'.repeat(2000)}"`, { code: 'preset-invalid' }],
    ['ten thousand names', `description = "a"\nextends = [${'"a",'.repeat(10_000)}]`, { code: 'extends-invalid', line: 2 }],
  ])('refuses %s', (_, toml, { fix, message, ...rest }: { fix?: RegExp; message?: RegExp; [key: string]: unknown }) => {
    const problem = refusal(toml)
    expect(problem).toMatchObject({ exit: 2, ...rest })
    if (fix !== undefined) expect(problem.fix).toMatch(fix)
    if (message !== undefined) expect(problem.message).toMatch(message)
  })

  it('is not changed by what it refuses', () => {
    refusal('description = "a"\n[defaults.__proto__]\npolluted = 1')
    expect('polluted' in {}).toBe(false)
  })

  it('refuses a preset without its document', () => {
    expect(() => parsePreset({ ref: 'acme', files: new Map() })).toThrow('holds no preset.toml')
  })
})
