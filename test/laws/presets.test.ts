import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { effectiveCompose } from '../../src/compose/effective.ts'
import { readDockerfile } from '../../src/dockerfile/read.ts'
import { ecosystemsFor, reads } from '../../src/ecosystems/index.ts'
import { scan } from '../../src/edge/scan.ts'
import { candidates, produce, recognise } from '../../src/pipeline.ts'
import { fileBreaches } from '../../src/presets/check.ts'
import { parsePreset } from '../../src/presets/parse.ts'
import { layersFor, resolvePresets } from '../../src/presets/resolve.ts'
import { shippedNames, shippedPreset } from '../../src/presets/shipped.ts'

const places = { dockerfile: 'Dockerfile', compose: 'compose.yaml' }
const fixtures = readdirSync('test/projects')
const asked = (ref: string) => [{ ref, because: { file: 'secure-docker.toml', line: 1, saw: ref } }]

it('every file of presets/ is shipped, and valid', () => {
  expect(readdirSync('presets').sort()).toEqual(shippedNames.map((name) => `${name}.toml`).sort())
  for (const name of shippedNames) {
    const source = shippedPreset(name)
    if (source === undefined) throw new Error(name)
    expect(parsePreset(source).description).toMatch(/^[A-Z]/)
  }
})

it('every value of a shipped preset stands below the number of the practice that asks for it', () => {
  const practices = new Set([...Array(63).keys()].map((i) => i + 1))
  for (const name of shippedNames) {
    let cited: readonly number[] = []
    for (const [i, line] of readFileSync(`presets/${name}.toml`, 'utf8').split('\n').entries()) {
      if (/^#/.test(line)) cited = [...line.matchAll(/(?:^# |practices? |, )(\d+)(?=[,:)]|$)/g)].map(([, n]) => Number(n))
      else if (/^(?!description|extends|ecosystem|waivers)[a-z-]+ = /.test(line)) {
        expect(cited.length, `${name}.toml:${i + 1}`).toBeGreaterThan(0)
        expect(
          cited.filter((n) => !practices.has(n)),
          `${name}.toml:${i + 1}`,
        ).toEqual([])
      } else if (line.trim() === '') cited = []
    }
  }
})

describe.each(fixtures)('%s', (name) => {
  it.each(shippedNames)('what is written under `%s` is within its floors', async (preset) => {
    const tree = await scan(`test/projects/${name}`, reads)
    const [found] = candidates(recognise(tree, await ecosystemsFor(tree)))
    if (found === undefined) throw new Error('nothing recognised')
    const presets = layersFor(resolvePresets(asked(preset), shippedPreset), found.app)
    const { artifacts } = produce(found, {}, {}, places, presets)
    const text = (path: string): string => artifacts.find((a) => a.path === path)?.content ?? ''
    const compose = effectiveCompose([{ file: 'compose.yaml', text: text('compose.yaml') }])
    if ('problem' in compose) throw new Error(compose.problem)
    const broken = fileBreaches(presets.floors, { dockerfiles: [readDockerfile(text('Dockerfile'), 'Dockerfile')], compose })
    // A project that asks for a release past its end of life is refused by those that permit none.
    expect(broken.filter((b) => b.floor.floor !== 'supported-release' || name !== 'node-eol').map((b) => b.text)).toEqual([])
  })

  it('is written under `recommended` as without any preset', async () => {
    const tree = await scan(`test/projects/${name}`, reads)
    const [found] = candidates(recognise(tree, await ecosystemsFor(tree)))
    if (found === undefined) throw new Error('nothing recognised')
    const presets = layersFor(resolvePresets(asked('recommended'), shippedPreset), found.app)
    expect(produce(found, {}, {}, places, presets).artifacts).toEqual(produce(found, {}, {}, places).artifacts)
  })
})
