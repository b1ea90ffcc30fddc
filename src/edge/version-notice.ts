import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { printError } from './terminal.ts'

const day = 24 * 60 * 60 * 1000
const { env, platform } = process

/**
 * Mentions on stderr, at most once a day, that a newer version is there. What it knows is what npm wrote into the user's cache folder
 * after an earlier run; when that is a day old npm is asked again, on its own and without being waited for. npm knows the registry, the proxy
 * and the certificates of this user. Says nothing in a CI, without a terminal, or with SECURE_DOCKER_NO_VERSION_NOTICE. Never throws.
 */
export function mentionNewerVersion(current: string): void {
  if (process.stderr.isTTY !== true || env['CI'] || env['SECURE_DOCKER_NO_VERSION_NOTICE'] || env['NO_UPDATE_NOTIFIER']) return
  try {
    const folder = cacheFolder()
    mkdirSync(folder, { recursive: true })
    const [latest, shown] = [join(folder, 'latest-version'), join(folder, 'notice-shown')]
    const newest = ageOf(latest) === undefined ? '' : readFileSync(latest, 'utf8').trim()
    if (isNewer(newest, current) && (ageOf(shown) ?? day) >= day) {
      writeFileSync(shown, newest)
      printError(`\nnote: secure-docker ${newest} is there; this is ${current}. Use it: npx secure-docker@${newest} update\n`)
    }
    if ((ageOf(latest) ?? day) >= day) askNpm(folder, latest)
  } catch {
    // A cache that cannot be used is no reason to disturb anybody.
  }
}

/** Runs in the cache folder: a repository's own .npmrc has no say. */
function askNpm(folder: string, into: string): void {
  const output = openSync(into, 'w')
  const child = spawn('npm', ['view', 'secure-docker', 'version', '--no-update-notifier'], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', output, 'ignore'],
    windowsHide: true,
    // npm is a batch file there.
    shell: platform === 'win32',
  })
  child.on('error', () => {})
  child.unref()
  closeSync(output)
}

/** Milliseconds since the file was written, or undefined when there is none. */
function ageOf(path: string): number | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? undefined : Date.now() - stat.mtimeMs
}

function cacheFolder(): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'secure-docker', 'Cache')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'secure-docker')
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'secure-docker')
}

/** Whether a version that npm told comes after this one; anything but three numbers does not. */
export function isNewer(told: string, current: string): boolean {
  const numbers = (version: string): readonly number[] | undefined =>
    version
      .match(/^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/)
      ?.slice(1)
      .map(Number)
  const [theirs, ours] = [numbers(told), numbers(current)]
  if (theirs === undefined || ours === undefined) return false
  const at = theirs.findIndex((n, i) => n !== ours[i])
  return at !== -1 && (theirs[at] ?? 0) > (ours[at] ?? 0)
}
