import type { PresetLookup, PresetRef, PresetSource } from '../model/preset.ts'

/** A preset with this document, and further files. */
export function presetOf(ref: string, toml: string, files: Readonly<Record<string, string>> = {}): PresetSource {
  return { ref, files: new Map([['preset.toml', toml], ...Object.entries(files)]) }
}

/** Finds presets by their names. */
export function among(...sources: readonly PresetSource[]): PresetLookup {
  return (ref) => sources.find((source) => source.ref === ref)
}

/** Names as a project lists them. */
export function named(...refs: readonly string[]): readonly PresetRef[] {
  return refs.map((ref) => ({ ref, because: { file: 'secure-docker.toml', line: 1, saw: `extends ${ref}` } }))
}
