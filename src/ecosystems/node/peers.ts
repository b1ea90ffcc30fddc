import satisfies from 'semver/functions/satisfies.js'
import validRange from 'semver/ranges/valid.js'
import type { NodeApp } from '../../model/app.ts'
import { installed, type Lock } from './lock.ts'
import type { Manifest } from './manifest.ts'

/**
 * How npm treated peer dependencies when it wrote the lockfile, as far as package.json shows it: installed them, left them to the project
 * (up to npm 6, or --legacy-peer-deps), or installed them although two exclude each other (--force). `npm ci` refuses the last two
 * unless it is told the same.
 */
export function peersOf(lock: Lock, manifest: Manifest): NodeApp['peers'] {
  // The others keep their own account of them.
  if (lock.asked !== undefined) return 'installed'
  if (lock.version === 1) return 'left'
  const direct = { ...manifest.devDependencies, ...manifest.required }
  const all = Object.keys(direct).flatMap((name) => Object.entries(installed(lock, name)?.peers ?? {}))
  if (all.some(([name]) => installed(lock, name) === undefined)) return 'left'
  const clash = all.some(([name, range]) => name in direct && !manifest.overrides && !fits(lock, name, range))
  if (!clash) return 'installed'
  return lock.packages.some((p) => p.isPeer) ? 'forced' : 'left'
}

function fits(lock: Lock, name: string, range: string): boolean {
  const version = installed(lock, name)?.version ?? ''
  return version === '' || validRange(range) === null || satisfies(version, range, { includePrerelease: true })
}
