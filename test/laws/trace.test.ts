import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Chosen } from '../../src/model/options.ts'
import type { ServiceNeed } from '../../src/model/service.ts'
import { type TracedLine, trace } from '../../src/render/trace.ts'
import { rules } from '../../src/rules/index.ts'
import { fixture } from '../produced.ts'

const fixtures = ['test/projects', 'examples'].flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))

// What no fixture holds.
const services: readonly ServiceNeed[] = [
  {
    kind: 'redis',
    optional: false,
    because: [{ file: 'a.py', line: 1, saw: 'redis' }],
    connections: [{ variable: 'CACHE', holds: 'host' }],
  },
]

const dev = { value: true, from: 'project', because: [] } as const
const chosen: Chosen = {
  dev,
  'ca-certificate': { value: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', from: 'project', because: [] },
  environment: { value: { GREETING: 'hello' }, from: 'project', because: [] },
}

async function traced(
  path: string,
  needs?: readonly ServiceNeed[],
  project: Chosen = {},
): Promise<readonly (readonly [string, readonly TracedLine[]])[]> {
  const { plan, artifacts } = (await fixture(path, { services: needs, chosen: project })).produce()
  const lines = trace(plan, rules)
  for (const { path: file, content } of artifacts)
    expect(
      lines
        .get(file)
        ?.map((line) => `${line.text}\n`)
        .join(''),
    ).toBe(content)
  return [...lines]
}

describe('every line that is written', () => {
  it.each([...fixtures.map((path) => [path, undefined, { dev }] as const), [fixtures[0] ?? '', services, chosen] as const])(
    'follows a rule: %s',
    async (path, needs?, project?) => {
      const open = (await traced(path, needs, project)).flatMap(([file, lines]) =>
        lines.flatMap(({ text, rule }, i) => (text !== '' && rule === undefined ? [`${file}:${i + 1} ${text}`] : [])),
      )
      expect(open).toEqual([])
    },
  )

  it('and every rule has a line', async () => {
    const all = (
      await Promise.all([...fixtures.map((path) => traced(path, undefined, { dev })), traced(fixtures[0] ?? '', services, chosen)])
    )
      .flat()
      .flatMap(([, lines]) => lines.flatMap(({ rule }) => rule ?? []))
    expect(Object.keys(rules).filter((id) => !all.some((rule) => rule === id))).toEqual([])
  })

  it('follows no rule by accident: what only gives a compose file its shape is that, and nothing else', async () => {
    const shape = (await Promise.all(fixtures.map((path) => traced(path)))).flat().flatMap(([file, lines]) => {
      return file === 'compose.yaml' ? lines.filter(({ rule }) => rule === 'built-here').map(({ text }) => text) : []
    })
    const expected = /^(?:services:| {2}[\w-]+:| {4}build:| {6}(?:context|dockerfile): .*| {6}tags:| {8}- .*)$/
    expect(shape.filter((text) => !expected.test(text))).toEqual([])
    expect(shape.filter((text) => expected.test(text)).length).toBeGreaterThan(fixtures.length * 4)
  })
})
