import { presetAt } from '../edge/preset-folder.ts'
import { rootFolder } from '../edge/scan.ts'
import type { PresetRef } from '../model/preset.ts'
import { shippedNames } from '../presets/shipped.ts'

/** A preset that a command is asked about, and the folder from which its name is seen. */
export interface Target {
  readonly root: string
  readonly ref: PresetRef
}

/** Names of presets that come with the program mean those; what is on disk is that; the rest are names as in `extends`. */
export async function targetOf(action: 'show' | 'test', target: string): Promise<Target> {
  const place = shippedNames.includes(target) ? undefined : presetAt(target)
  const { root, ref } = place ?? { root: await rootFolder('.'), ref: target }
  return { root, ref: { ref, because: { file: `preset ${action}`, saw: target } } }
}
