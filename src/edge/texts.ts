import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bounds, longest } from './bounds.ts'
import { errorCode } from './errors.ts'
import { inParallel } from './parallel.ts'

/** Contents of the files that could be read, and for the others the reason. */
export interface Texts {
  readonly texts: ReadonlyMap<string, string>
  readonly unread: ReadonlyMap<string, string>
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
// `pip freeze > requirements.txt` of Windows PowerShell writes UTF-16, and pip reads it by its byte order mark.
const utf16 = new TextDecoder('utf-16le', { fatal: true })

/** Reads files as text, in their order until the bounds are reached. Never throws on what it finds. */
export async function readTexts(root: string, paths: readonly string[], limits: Bounds): Promise<Texts> {
  const unread = new Map<string, string>()
  const sizes = await inParallel(paths, (path) => sizeOf(join(root, path)))
  let left = limits.allBytes
  const affordable = paths.filter((path, i) => {
    const size = sizes[i]
    const limit = longest(path.slice(path.lastIndexOf('/') + 1), limits)
    const reason =
      typeof size !== 'number'
        ? size
        : size > limit
          ? `larger than ${inWords(limit)}`
          : size > left
            ? `past ${inWords(limits.allBytes)} in all`
            : undefined
    if (reason !== undefined) unread.set(path, reason)
    if (typeof size !== 'number' || reason !== undefined) return false
    left -= size
    return true
  })
  const texts = new Map<string, string>()
  await inParallel(affordable, async (path) => {
    try {
      texts.set(path, await readText(join(root, path)))
    } catch (error) {
      unread.set(path, reasonOf(error))
    }
  })
  return { texts: sorted(texts), unread }
}

/** One file without a byte order mark, with LF line ends. Throws when it cannot be read or is not UTF-8; UTF-16 may be only a `.txt`. */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path)
  const decoder = path.endsWith('.txt') && bytes[0] === 0xff && bytes[1] === 0xfe ? utf16 : utf8
  return decoder.decode(bytes).replaceAll('\r\n', '\n')
}

/** Why something could not be read, in words. */
export function reasonOf(error: unknown): string {
  const code = errorCode(error)
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'not UTF-8 text'
  return code === 'EACCES' || code === 'EPERM' ? 'permission denied' : `cannot be read (${code ?? 'unknown error'})`
}

async function sizeOf(path: string): Promise<number | string> {
  try {
    return (await stat(path)).size
  } catch (error) {
    return reasonOf(error)
  }
}

function inWords(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`
}

function sorted(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1)))
}
