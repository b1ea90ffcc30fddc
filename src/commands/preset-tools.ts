import { apps } from '../../templates/fixtures.facts'
import { noPresets } from '../choose/choose.ts'
import { go } from '../ecosystems/go/index.ts'
import { node } from '../ecosystems/node/index.ts'
import { python } from '../ecosystems/python/index.ts'
import { readPresetFolder, writeNew } from '../edge/preset-folder.ts'
import { print } from '../edge/terminal.ts'
import type { App } from '../model/app.ts'
import type { Found } from '../model/ecosystem.ts'
import { type PresetLookup, presetFile } from '../model/preset.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { produce } from '../pipeline.ts'
import { projectBreaches } from '../presets/check.ts'
import { parsePreset } from '../presets/parse.ts'
import { layersFor, resolvePresets } from '../presets/resolve.ts'
import { shippedNames, shippedPreset } from '../presets/shipped.ts'
import { unifiedDiff } from '../report/diff.ts'
import { type Effect, effectsText } from '../report/effects.ts'
import { breachText } from '../report/floors.ts'

// What those need who write presets. Loaded only for `preset`.

/** The presets that come with the program, each with its description. */
export function listPresets(json: boolean): void {
  const all = shippedNames.map((name) => ({ name, description: parsePreset(shippedOf(name)).description }))
  const width = Math.max(...all.map(({ name }) => name.length))
  const lines = all.map(({ name, description }) => `${name.padEnd(width)}  ${description}\n`)
  print(json ? `${JSON.stringify({ schema: 1, presets: all }, undefined, 2)}\n` : lines.join(''))
}

/** The text of a preset that comes with the program. */
export function showPreset(name: string | undefined): void {
  print(shippedOf(name ?? '').files.get(presetFile) ?? '')
}

function shippedOf(name: string): NonNullable<ReturnType<typeof shippedPreset>> {
  const source = shippedPreset(name)
  if (source !== undefined) return source
  throw new Problem({
    code: 'preset-unknown',
    exit: exitCodes.usage,
    message: `${name === '' ? 'No preset is named' : `No preset that comes with the program is called ${name}`}.`,
    fix: `These do: ${shippedNames.join(', ')}.`,
  })
}

const starter = `description = "What our repositories have in common"
extends = ["recommended"]
# Repositories may waive the floors below, with a reason, an owner and a day on which it ends.
waivers = true

# For what detection leaves open. Every key: docs/presets.md
[defaults]
memory = 512

# What no repository can lower.
[floors]
non-root = true
read-only = true
memory = { max = 2048 }
`

/** Writes a preset to begin with. Throws a Problem when there is one. */
export function newPreset(folder: string | undefined): void {
  const path = writeNew(folder ?? '.', presetFile, starter)
  print(`${path} created\n\nSee what it changes: secure-docker preset test ${folder ?? '.'}\n`)
}

/** Renders a preset against the fixtures of this program and shows what it changes. Throws a Problem when it is not valid. */
export function testPreset(folder: string | undefined, json: boolean): void {
  const source = readPresetFolder(folder ?? '.')
  const lookup: PresetLookup = (ref) => (ref === source.ref ? source : shippedPreset(ref))
  const resolved = resolvePresets([{ ref: source.ref, because: { file: source.ref, saw: 'preset test' } }], lookup)
  const effects = Object.entries(apps).map(([name, app]) => effectOn(name, app, layersFor(resolved, app)))
  print(json ? `${JSON.stringify({ schema: 1, preset: source.ref, effects }, undefined, 2)}\n` : effectsText(effects))
}

function effectOn(project: string, app: App, presets: ReturnType<typeof layersFor>): Effect {
  const places = { dockerfile: 'Dockerfile', compose: 'compose.yaml' }
  const found = foundOf(app)
  try {
    const plain = produce(found, {}, {}, places, noPresets).artifacts
    const { artifacts, choices } = produce(found, {}, {}, places, presets)
    const refused = projectBreaches(presets.floors, app, choices).map(breachText)
    const diff = artifacts
      .map(({ path, content }) => unifiedDiff(path, plain.find((a) => a.path === path)?.content ?? '', content))
      .join('')
    return { project, refused, diff }
  } catch (error) {
    if (error instanceof Problem) return { project, refused: [error.message], diff: '' }
    throw error
  }
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
