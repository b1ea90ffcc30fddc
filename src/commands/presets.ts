import type { App } from '../model/app.ts'
import type { PresetLayers, PresetRef, Waiver } from '../model/preset.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { floorsWithout, idleWaivers } from '../presets/check.ts'
import { layersFor, resolvePresets } from '../presets/resolve.ts'
import { shippedPreset } from '../presets/shipped.ts'

// Loaded only when a preset is named.

/** What the named presets say about an app. Throws a Problem when one is not known or not valid. */
export async function layersOf(refs: readonly PresetRef[], app: App, waivers: readonly Waiver[]): Promise<PresetLayers> {
  const layers = layersFor(resolvePresets(refs, shippedPreset), app)
  const [idle] = idleWaivers(layers.floors, waivers)
  if (idle !== undefined) throw idleProblem(idle)
  return { ...layers, floors: floorsWithout(layers.floors, waivers) }
}

function idleProblem({ floor, because: { file, line } }: Waiver): Problem {
  return new Problem({
    code: 'waiver-idle',
    exit: exitCodes.belowFloor,
    message: `${file} waives ${floor}, which no preset of this project lets it waive.`,
    file,
    ...(line === undefined ? {} : { line }),
    fix: 'Remove the waiver, or have the preset permit it: waivers = true.',
  })
}
