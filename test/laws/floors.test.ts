import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choose } from '../../src/choose/choose.ts'
import { readProject } from '../../src/choose/project.ts'
import { effectiveCompose } from '../../src/compose/effective.ts'
import { readDockerfile } from '../../src/dockerfile/read.ts'
import { defaultsOf, ecosystemsFor } from '../../src/ecosystems/index.ts'
import type { Chosen } from '../../src/model/options.ts'
import type { PresetRef, PresetSource } from '../../src/model/preset.ts'
import { Problem } from '../../src/model/problem.ts'
import type { Tree } from '../../src/model/tree.ts'
import { candidates, produce, recognise } from '../../src/pipeline.ts'
import { fileBreaches, projectBreaches } from '../../src/presets/check.ts'
import { layersFor, resolvePresets } from '../../src/presets/resolve.ts'
import { holds, runs } from './hostile.ts'

const places = { dockerfile: 'Dockerfile', compose: 'compose.yaml' }
const texts = { 'package.json': '{ "scripts": { "start": "node s.js" } }', 's.js': 'require("http").createServer().listen(4000)' }
const tree: Tree = { files: new Set(Object.keys(texts)), folders: new Set(), texts: new Map(Object.entries(texts)), unread: new Map() }
const [found] = candidates(recognise(tree, await ecosystemsFor(tree)))
if (found === undefined) throw new Error('nothing recognised')

const keys = ['memory', 'cpus', 'pids', 'files', 'user'] as const
type Key = (typeof keys)[number]
type Limits = { readonly [K in Key]?: number }
interface Described {
  readonly bases: readonly number[]
  readonly defaults: Limits
  readonly force: Limits
  readonly floors: { readonly [K in Key]?: { readonly min?: number; readonly max?: number } }
  readonly oldest: string | undefined
  readonly ports: readonly number[]
}

const number = fc.integer({ min: 1, max: 9 }).map((n) => n * 100)
const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<{ readonly [K in Key]?: T }> => {
  const maybe = fc.option(value, { nil: undefined, freq: 3 })
  return fc.record({ memory: maybe, cpus: maybe, pids: maybe, files: maybe, user: maybe }, { requiredKeys: [] }) as fc.Arbitrary<{
    readonly [K in Key]?: T
  }>
}
const range: fc.Arbitrary<{ readonly min?: number; readonly max?: number }> = fc.oneof(
  fc.record({ max: number }),
  fc.record({ min: number }),
  fc.tuple(number, number).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) })),
)
const preset: fc.Arbitrary<Described> = fc.record({
  bases: fc.array(fc.nat(7), { maxLength: 3 }),
  defaults: some(number),
  force: fc.oneof({ weight: 4, arbitrary: fc.constant<Limits>({}) }, { weight: 1, arbitrary: some(number) }),
  floors: fc.oneof({ weight: 2, arbitrary: fc.constant<Described['floors']>({}) }, { weight: 3, arbitrary: some(range) }),
  oldest: fc.option(fc.constantFrom('20', '22', '24', '26'), { nil: undefined, freq: 2 }),
  ports: fc.array(fc.constantFrom<number>(22, 4000, 8080), { maxLength: 1 }),
})
const presets = fc.array(preset, { minLength: 1, maxLength: 8 })
const chosen = fc.record({
  limits: some(number),
  release: fc.option(fc.constantFrom('18', '22', '26'), { nil: undefined }),
  port: fc.option(fc.constantFrom(8080, 5000), { nil: undefined }),
})

const lines = (values: object): string =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} = ${typeof value === 'object' ? inline(value as object) : JSON.stringify(value)}\n`)
    .join('')
const inline = (values: object): string =>
  `{ ${Object.entries(values)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
    .join(', ')} }`

function source(described: Described, index: number, bases: readonly number[]): PresetSource {
  const floors = { ...described.floors, release: described.oldest && { node: described.oldest } }
  const ports = described.ports.length > 0 ? `forbidden-ports = [${described.ports.join(', ')}]\n` : ''
  const text = `description = "p"\nextends = [${bases.map((b) => `"p${b}"`).join(', ')}]\n[defaults]\n${lines(described.defaults)}[force]\n${lines(described.force)}[floors]\n${lines(floors)}${ports}`
  return { ref: `p${index}`, files: new Map([['preset.toml', text]]) }
}

const root: readonly PresetRef[] = [{ ref: 'p0', because: { file: 'secure-docker.toml', line: 1, saw: '' } }]
const lookup = (sources: readonly PresetSource[]) => (ref: string) => sources.find((s) => s.ref === ref)
const attempt = <T>(run: () => T): T | Problem => {
  try {
    return run()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}
const set = <T>(values: readonly (T | undefined)[]): readonly T[] => values.filter((v): v is T => v !== undefined)

describe('for random presets, graphs, project files and answers', () => {
  let accepted = 0
  let refused = 0

  it('no result breaks a floor, and what can be satisfied is accepted', () => {
    holds(
      fc.property(presets, chosen, chosen, fc.nat(7), (all, project, answer, turn) => {
        // Only later ones are extended: no circle.
        const basesOf = (i: number): readonly number[] => [...new Set(all[i]?.bases.filter((b) => b > i && b < all.length))]
        const sources = all.map((described, i) => source(described, i, basesOf(i)))
        const layers = layersFor(resolvePresets(root, lookup(sources)), found.app)
        const projectFile = readProject(lines({ ...project.limits, release: project.release, port: project.port })).chosen
        const answers: Chosen = Object.fromEntries(
          Object.entries({ ...answer.limits, release: answer.release, port: answer.port })
            .filter(([, value]) => value !== undefined)
            .map(([key, value]) => [key, { value, from: 'answer', because: [] }]),
        )
        const result = attempt(() => choose(found.app, defaultsOf(found.app), projectFile, answers, layers))

        // The same said another way: which floors can be reached, and what somebody insists on.
        const reached = new Set<number>()
        const reach = (i: number): void => {
          if (reached.has(i)) return
          reached.add(i)
          basesOf(i).forEach(reach)
        }
        reach(0)
        const order = layers.refs.map((ref) => Number(ref.slice(1)))
        expect([...order].sort()).toEqual([...reached].sort())
        const near = all.filter((_, i) => reached.has(i))
        const problems = keys.filter((key) => {
          const low = Math.max(0, ...set(near.map((p) => p.floors[key]?.min)))
          const high = Math.min(Number.POSITIVE_INFINITY, ...set(near.map((p) => p.floors[key]?.max)))
          const forced = set(order.map((i) => all[i]?.force[key])).at(-1)
          const insisted = forced ?? answer.limits[key] ?? project.limits[key]
          return low > high || (insisted !== undefined && (insisted < low || insisted > high))
        })
        const oldest = Math.max(0, ...set(near.map((p) => p.oldest)).map(Number))
        const release = answer.release ?? project.release
        const port = answer.port ?? project.port ?? 4000
        const refuses =
          problems.length > 0 || (release !== undefined && Number(release) < oldest) || near.some((p) => p.ports.includes(port))
        expect(result instanceof Problem ? result.text.exit : 'accepted').toBe(refuses ? 7 : 'accepted')
        if (result instanceof Problem) {
          refused++
          return
        }
        accepted++
        for (const key of keys)
          for (const { floors } of near) {
            expect(result[key].value).toBeLessThanOrEqual(floors[key]?.max ?? Number.POSITIVE_INFINITY)
            expect(result[key].value).toBeGreaterThanOrEqual(floors[key]?.min ?? 0)
          }
        expect(Number(result.release.value)).toBeGreaterThanOrEqual(oldest)
        if (turn > 0) return
        const { choices, artifacts } = produce(found, projectFile, answers, places, layers)
        const text = (path: string): string => artifacts.find((a) => a.path === path)?.content ?? ''
        const compose = effectiveCompose([{ file: 'compose.yaml', text: text('compose.yaml') }])
        if ('problem' in compose) throw new Error(compose.problem)
        const dockerfiles = [readDockerfile(text('Dockerfile'), 'Dockerfile')]
        expect(fileBreaches(layers.floors, { dockerfiles, compose })).toEqual([])
        expect(projectBreaches(layers.floors, found.app, choices)).toEqual([])
      }),
      2000,
    )
    expect(accepted).toBeGreaterThan(runs(2000).numRuns / 20)
    expect(refused).toBeGreaterThan(runs(2000).numRuns / 20)
  })

  it('the order is the same whoever looks, what is extended comes first, and circles are found', () => {
    let circles = 0
    holds(
      fc.property(fc.array(fc.array(fc.nat(7), { maxLength: 2 }), { minLength: 1, maxLength: 8 }), (graph) => {
        const empty = { bases: [], defaults: {}, force: {}, floors: {}, oldest: undefined, ports: [] }
        const basesOf = (i: number): readonly number[] => graph[i]?.filter((b) => b < graph.length) ?? []
        const sources = graph.map((_, i) => source(empty, i, basesOf(i)))
        const first = attempt(() => resolvePresets(root, lookup(sources)).presets.map((p) => p.ref))
        const again = attempt(() => resolvePresets(root, lookup([...sources].reverse())).presets.map((p) => p.ref))
        if (first instanceof Problem || again instanceof Problem) {
          circles++
          expect(first instanceof Problem && first.text.code).toBe('preset-circle')
          expect(again instanceof Problem && again.message).toBe(first instanceof Problem && first.message)
          expect(leadsBack(basesOf, graph.length)).toBe(true)
          return
        }
        expect(again).toEqual(first)
        expect(leadsBack(basesOf, graph.length)).toBe(false)
        for (const [at, ref] of first.entries())
          for (const base of basesOf(Number(ref.slice(1)))) expect(first.indexOf(`p${base}`)).toBeLessThan(at)
      }),
      2000,
    )
    expect(circles).toBeGreaterThan(runs(2000).numRuns / 20)
  })
})

/** Whether a node that can be reached from the first leads back to itself. */
function leadsBack(basesOf: (i: number) => readonly number[], size: number): boolean {
  const from = (start: number): ReadonlySet<number> => {
    const seen = new Set<number>()
    const queue = [...basesOf(start)]
    for (const i of queue) {
      if (seen.has(i)) continue
      seen.add(i)
      queue.push(...basesOf(i))
    }
    return seen
  }
  const near = [0, ...from(0)]
  return near.some((i) => i < size && from(i).has(i))
}
