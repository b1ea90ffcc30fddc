import { defaultPresets } from '../edge/defaults.ts'
import type { PresetRef } from '../model/preset.ts'

/**
 * Which presets `init` adds to those that the project names: the given ones; where nothing names any, those that the company's
 * machines are set up with. They are written into the project file, so that the next machine gives the same bytes.
 */
export async function presetsToAdd(given: readonly string[], named: readonly PresetRef[]): Promise<readonly string[]> {
  const wanted = given.length > 0 || named.length > 0 ? given : await defaultPresets()
  return [...new Set(wanted)].filter((ref) => !named.some((known) => known.ref === ref))
}
