import { text as alpine } from '../../presets/alpine.toml'
import { text as cis } from '../../presets/cis.toml'
import { text as distroless } from '../../presets/distroless.toml'
import { text as openshift } from '../../presets/openshift.toml'
import { text as recommended } from '../../presets/recommended.toml'
import { text as slim } from '../../presets/slim.toml'
import { text as strict } from '../../presets/strict.toml'
import { type PresetSource, presetFile } from '../model/preset.ts'

const texts: Readonly<Record<string, string>> = { recommended, strict, openshift, slim, distroless, alpine, cis }

/** Names of the presets that come with the program. */
export const shippedNames: readonly string[] = Object.keys(texts)

/** A preset that comes with the program. */
export function shippedPreset(ref: string): PresetSource | undefined {
  const text = Object.hasOwn(texts, ref) ? texts[ref] : undefined
  return text === undefined ? undefined : { ref, files: new Map([[presetFile, text]]) }
}
