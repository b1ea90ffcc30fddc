import { describe, expect, it } from 'vitest'
import type { NodeApp } from '../model/app.ts'
import { Problem } from '../model/problem.ts'
import { choose, noPresets, openQuestions } from './choose.ts'
import { parsed } from './options.ts'

const defaults = { port: 3000, release: '24' }
const app: NodeApp = {
  ecosystem: 'node',
  because: [],
  found: {
    port: { value: 4000, from: 'detected', because: [{ file: 'server.js', line: 3, saw: 'listen(4000)' }] },
    start: { value: 'server.js', from: 'detected', because: [] },
  },
  questions: [],
  notices: [],
  services: [],
  processes: [],
  frameworks: [],
  lockfile: undefined,
  manager: { name: 'npm' },
  manifests: [],
  members: [],
  dependencies: { production: false, development: false },
  scripted: [],
  exact: false,
  runsDevelopment: false,
  peers: 'installed',
  oldGyp: false,
  setup: [],
  build: { commands: [], environment: {}, fetches: false },
  outputs: [],
  guessed: [],
  flags: [],
  args: [],
  environment: {},
  portVariable: undefined,
  variables: [],
  writable: [],
  folders: [],
  buildPaths: [],
  runPaths: [],
}
const answer = <T>(value: T) => ({ value, from: 'answer', because: [] }) as const
const problemOf = (run: () => unknown): Problem => {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return error
  }
  throw new Error('no Problem was thrown')
}

describe('choose', () => {
  it('takes defaults where nothing is known, and what was detected where it is', () => {
    const choices = choose(app, defaults, {}, {})
    expect(choices.release).toEqual({ value: '24', from: 'default', because: [] })
    expect(choices.port.value).toBe(4000)
    expect(choices.port.because[0]?.line).toBe(3)
    expect(choices.description).toBeUndefined()
  })

  it('lets the project file overrule detection, and an answer overrule both', () => {
    const project = { port: { value: 5000, from: 'project', because: [] } } as const
    expect(choose(app, defaults, project, {}).port.value).toBe(5000)
    expect(choose(app, defaults, project, { port: answer(6000) }).port.value).toBe(6000)
  })

  it('names the flag and the candidates when an option without a safe default is open', () => {
    const { start: _, ...found } = app.found
    const candidates = [
      { value: './cmd/a', because: [] },
      { value: './cmd/b', because: [] },
    ]
    const open = { ...app, found, questions: [{ key: 'start', why: 'Two programs were found.', candidates }] } as const
    const { text } = problemOf(() => choose(open, defaults, {}, {}))
    expect(text).toMatchObject({ code: 'start-open', exit: 1, message: 'Two programs were found.' })
    expect(text.fix).toContain('--start ./cmd/a (seen: ./cmd/a, ./cmd/b)')
    expect(openQuestions(open, {}, {}).map((q) => q.key)).toEqual(['start'])
    expect(openQuestions(open, {}, { start: answer('./cmd/b') })).toEqual([])
  })

  it('puts a preset between default and detection, and its force above all', () => {
    const preset = <T>(value: T, from: 'preset' | 'force' = 'preset') => ({ value, from, because: [] }) as const
    const ours = { ...noPresets, defaults: { release: preset('22'), port: preset(7000), memory: preset(100) } }
    const project = { memory: { value: 200, from: 'project', because: [] } } as const
    const chosen = choose(app, defaults, project, {}, ours)
    expect([chosen.release.value, chosen.port.value, chosen.memory.value]).toEqual(['22', 4000, 200])
    const forced = choose(app, defaults, project, { port: answer(6000) }, { ...noPresets, force: { port: preset(9000, 'force') } })
    expect(forced.port).toEqual({ value: 9000, from: 'force', because: [] })
  })

  it('joins tables and lists, the later one above', () => {
    const table = (value: Readonly<Record<string, string>>, from: 'preset' | 'project') => ({ value, from, because: [] }) as const
    const presets = {
      ...noPresets,
      defaults: { labels: table({ team: 'a', tier: '1' }, 'preset'), ignore: { value: ['*.bak'], from: 'preset', because: [] } },
    } as const
    const project = { labels: table({ team: 'b' }, 'project'), ignore: { value: ['x', '*.bak'], from: 'project', because: [] } } as const
    const { labels, ignore } = choose(app, defaults, project, {}, presets)
    expect(labels).toMatchObject({ value: { team: 'b', tier: '1' }, from: 'project' })
    expect(ignore?.value).toEqual(['*.bak', 'x'])
  })

  it('takes the fallback of a question that nobody answered', () => {
    const open = { ...app, questions: [{ key: 'health', why: '', candidates: [], fallback: '/up' }] } as const
    expect(choose(open, defaults, {}, {}).health.value).toBe('/up')
  })
})

describe('parsed', () => {
  it.each([
    ['port', '8080', 8080],
    ['cpus', '0.5', 0.5],
    ['name', 'my-app', 'my-app'],
    ['health', '/up', '/up'],
  ] as const)('reads %s %j', (key, given, value) => {
    expect(parsed(key, given, 'answer').value).toBe(value)
  })

  it.each([
    ['port', 'many', 'a whole number'],
    ['port', '-1', 'a whole number'],
    ['port', '', 'a whole number'],
    ['port', '65536', 'a port'],
    ['user', '0', 'a user id'],
    ['memory', '0', 'a number above 0'],
    ['cpus', '0', 'a number above 0'],
    ['name', 'My App', 'lower case'],
    ['health', 'up', 'begins with /'],
    ['ecosystem', 'ruby', 'node, go, python'],
    ['start', '', 'text'],
  ] as const)('refuses %s %j', (key, given, words) => {
    const { text } = problemOf(() => parsed(key, given, 'answer'))
    expect(text).toMatchObject({ code: 'option-invalid', exit: 2 })
    expect(text.message).toContain(`--${key}`)
    expect(text.message).toContain(words)
  })
})
