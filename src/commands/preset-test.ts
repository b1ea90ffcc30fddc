import { apps } from '../../templates/fixtures.facts'
import { noPresets } from '../choose/choose.ts'
import { effectiveCompose } from '../compose/effective.ts'
import { readDockerfile } from '../dockerfile/read.ts'
import { go } from '../ecosystems/go/index.ts'
import { node } from '../ecosystems/node/index.ts'
import { python } from '../ecosystems/python/index.ts'
import { patiently } from '../edge/log.ts'
import { print } from '../edge/terminal.ts'
import type { App } from '../model/app.ts'
import type { Artifact } from '../model/artifact.ts'
import type { Found } from '../model/ecosystem.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { produce } from '../pipeline.ts'
import { type Breach, fileBreaches, projectBreaches } from '../presets/check.ts'
import { referenceText } from '../presets/reference.ts'
import { unifiedDiff } from '../report/diff.ts'
import { type Effect, effectsText } from '../report/effects.ts'
import { breachText } from '../report/floors.ts'
import { targetOf } from './preset-target.ts'
import { loadPresets, named, type Presets } from './presets.ts'

const places = { dockerfile: 'Dockerfile', compose: 'compose.yaml' }

/** Renders a preset, loaded as `init` does, against the fixtures of this program and shows what it changes. Throws a Problem when it is not valid. */
export async function testPreset(target: string, json: boolean): Promise<void> {
  const { root, ref } = await targetOf('test', target)
  const presets = await patiently('Looking for presets', loadPresets(root, [ref], new Map(), 'newest'))
  const effects = Object.entries(apps).map(([name, app]) => effectOn(name, app, presets))
  const document = { schema: 1, preset: referenceText(named(ref)), effects }
  print(json ? `${JSON.stringify(document, undefined, 2)}\n` : effectsText(effects))
}

function effectOn(project: string, app: App, { layersFor, blocksFor }: Presets): Effect {
  const found = foundOf(app)
  try {
    const layers = layersFor(app, [])
    const plain = produce(found, {}, {}, places, noPresets).artifacts
    const { artifacts, choices } = produce(found, {}, {}, places, layers, blocksFor)
    const breaches = [...projectBreaches(layers.floors, app, choices), ...breachesIn(artifacts, layers.floors)]
    const diff = artifacts
      .map(({ path, content }) => unifiedDiff(path, plain.find((a) => a.path === path)?.content ?? '', content))
      .join('')
    return { project, refused: breaches.map(breachText), diff }
  } catch (error) {
    // What is wrong with the preset itself is no matter of one project.
    if (error instanceof Problem && error.text.exit !== exitCodes.usage) return { project, refused: [error.message], diff: '' }
    throw error
  }
}

function breachesIn(artifacts: readonly Artifact[], floors: Parameters<typeof fileBreaches>[0]): readonly Breach[] {
  const text = (path: string): string => artifacts.find((a) => a.path === path)?.content ?? ''
  const compose = effectiveCompose([{ file: places.compose, text: text(places.compose) }])
  if ('problem' in compose) throw new Error(compose.problem)
  return fileBreaches(floors, { dockerfiles: [readDockerfile(text(places.dockerfile), places.dockerfile)], compose })
}

function foundOf(app: App): Found {
  switch (app.ecosystem) {
    case 'node':
      return { app, plan: (choices, demands) => node.plan(app, choices, demands) }
    case 'go':
      return { app, plan: (choices, demands) => go.plan(app, choices, demands) }
    case 'python':
      return { app, plan: (choices, demands) => python.plan(app, choices, demands) }
  }
}
