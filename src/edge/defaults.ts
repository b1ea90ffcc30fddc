import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isMissing } from './disk.ts'
import { errorCode } from './errors.ts'

/** Presets that this machine sets for new projects: `SECURE_DOCKER_PRESET`, else the lines of `secure-docker/presets` in the user's configuration folder. */
export async function defaultPresets(): Promise<readonly string[]> {
  const { SECURE_DOCKER_PRESET: named, XDG_CONFIG_HOME: configured, APPDATA: roaming } = process.env
  if (named !== undefined) return words(named)
  const folder = configured ?? (process.platform === 'win32' ? roaming : undefined) ?? join(homedir(), '.config')
  return words(await textOf(join(folder, 'secure-docker', 'presets')))
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    // Another user's folder, when the program is run on behalf of somebody.
    if (isMissing(error) || errorCode(error) === 'EACCES') return ''
    throw error
  }
}

/** Names, on lines or between spaces; what follows a `#` at the beginning of a word is a comment. */
function words(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => line.replace(/(?:^|\s)#.*$/, '').split(/\s+/))
    .filter((word) => word !== '')
}
