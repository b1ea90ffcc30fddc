import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ecosystemsFor, reads } from '../../src/ecosystems/index.ts'
import { scan } from '../../src/edge/scan.ts'
import { candidates, produce, recognise } from '../../src/pipeline.ts'
import { type TracedLine, trace } from '../../src/render/trace.ts'
import { rules } from '../../src/rules/index.ts'

const fixtures = ['test/projects', 'examples'].flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
const places = { dockerfile: 'Dockerfile', compose: 'compose.yaml' }

async function traced(path: string): Promise<readonly (readonly [string, readonly TracedLine[]])[]> {
  const tree = await scan(path, reads)
  const [found] = candidates(recognise(tree, await ecosystemsFor(tree)))
  if (found === undefined) throw new Error('nothing recognised')
  const { plan, artifacts } = produce(found, {}, {}, places)
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
  it.each(fixtures)('follows a rule: %s', async (path) => {
    const open = (await traced(path)).flatMap(([file, lines]) =>
      lines.flatMap(({ text, rule }, i) => (text !== '' && rule === undefined ? [`${file}:${i + 1} ${text}`] : [])),
    )
    expect(open).toEqual([])
  })

  it('and every rule has a line', async () => {
    const all = (await Promise.all(fixtures.map(traced))).flat().flatMap(([, lines]) => lines.flatMap(({ rule }) => rule ?? []))
    expect(Object.keys(rules).filter((id) => !all.some((rule) => rule === id))).toEqual([])
  })

  it('follows no rule by accident: what only gives a compose file its shape is that, and nothing else', async () => {
    const shape = (await Promise.all(fixtures.map(traced))).flat().flatMap(([file, lines]) => {
      return file === 'compose.yaml' ? lines.filter(({ rule }) => rule === 'built-here').map(({ text }) => text) : []
    })
    const expected = /^(?:services:| {2}[\w-]+:| {4}build:| {6}(?:context|dockerfile): .*)$/
    expect(shape.filter((text) => !expected.test(text))).toEqual([])
    expect(shape.filter((text) => expected.test(text)).length).toBeGreaterThan(fixtures.length * 4)
  })
})
