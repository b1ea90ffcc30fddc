import type { PresetFiles } from '../model/reference.ts'

type Sha256 = (text: string) => string

/** Where what was fetched is kept, to be committed with the lock. */
const keptRoot = '.secure-docker/presets'

/** Folder of one preset, by its name as it is written: a new version changes the files in it, so that version control shows the difference. */
export function keptFolder(ref: string, sha256: Sha256): string {
  const words = ref.replace(/#.*$/, '').replace(/[^A-Za-z0-9]+/g, '-')
  return `${keptRoot}/${words.replace(/^-|-$/g, '').slice(0, 60).toLowerCase()}-${sha256(ref).slice(0, 8)}`
}

/** One digest of all texts and their paths, in hexadecimal. */
export function digestOf(files: PresetFiles, sha256: Sha256): string {
  const lines = [...files].map(([path, text]) => `${sha256(text)} ${path}\n`)
  return sha256(lines.sort().join(''))
}
