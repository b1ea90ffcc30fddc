import type { PresetFiles } from '../../model/reference.ts'
import { notFetched } from './problems.ts'

/** What one preset may hold. */
export const limits = { fileBytes: 256 * 1024, files: 100, depth: 5 } as const

const document = 'preset.toml'
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A file of a source, by its path from the top of the source. */
export interface Listed {
  readonly path: string
  /** Bytes; absent where it is no plain file. */
  readonly size?: number
}

/** A file that a preset may consist of, by its path in it. */
export function isPresetFile(name: string): boolean {
  return name === document || name.endsWith('.hbs')
}

/** Which files of a source are those of the preset at `path`, by their path in it: the one file, or a folder's `preset.toml` with its templates. Throws a Problem beyond the limits. */
export function presetPaths<T extends Listed>(ref: string, path: string, listed: readonly T[]): ReadonlyMap<string, T> {
  const prefix = path === '' ? '' : `${path}/`
  const own = path.endsWith('.toml')
    ? listed.filter((file) => file.path === path).map((file) => [document, file] as const)
    : listed.filter((file) => file.path.startsWith(prefix)).map((file) => [file.path.slice(prefix.length), file] as const)
  const wanted = own.filter(([name]) => isPresetFile(name))
  for (const [name, { size }] of wanted) {
    if (size === undefined) throw notFetched(ref, `${name} is a link or no plain file`)
    if (size > limits.fileBytes) throw notFetched(ref, `${name} is larger than ${limits.fileBytes / 1024} KiB`)
    if (name.split('/').length > limits.depth) throw notFetched(ref, `${name} lies deeper than ${limits.depth} folders`)
    if (!/^[\w@+-][\w.@+-]*(?:\/[\w@+-][\w.@+-]*)*$/.test(name)) throw notFetched(ref, `${JSON.stringify(name)} is no plain path`)
  }
  if (wanted.length > limits.files) throw notFetched(ref, `it holds more than ${limits.files} files`)
  if (!wanted.some(([name]) => name === document))
    throw notFetched(
      ref,
      path.endsWith('.toml') ? `there is no file ${path}` : `there is no ${document} in ${path === '' ? 'its root' : path}`,
    )
  return new Map(wanted)
}

/** Bytes as the text that is kept. Throws a Problem when they are no UTF-8. */
export function presetText(ref: string, name: string, bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes).replaceAll('\r\n', '\n')
  } catch {
    throw notFetched(ref, `${name} is not UTF-8 text`)
  }
}

/** All texts of a preset, sorted. */
export async function presetTexts<T extends Listed>(
  ref: string,
  files: ReadonlyMap<string, T>,
  read: (file: T) => Promise<Uint8Array>,
): Promise<PresetFiles> {
  const texts = new Map<string, string>()
  for (const [name, file] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) texts.set(name, presetText(ref, name, await read(file)))
  return texts
}
