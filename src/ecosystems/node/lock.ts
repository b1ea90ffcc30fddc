import satisfies from 'semver/functions/satisfies.js'
import validRange from 'semver/ranges/valid.js'
import type { Manifest } from './manifest.ts'

export const lockfiles = ['npm-shrinkwrap.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'] as const

export type LockFile = (typeof lockfiles)[number]

/** An installed package, as the lockfile describes it. */
export interface LockedPackage {
  readonly name: string
  /** Where it is installed: `node_modules/express`; the folder itself for packages of the repository. */
  readonly path: string
  readonly version: string
  readonly dev: boolean
  readonly hasInstallScript: boolean
  readonly os: readonly string[]
  readonly programs: ReadonlyMap<string, string>
  readonly requires: ReadonlySet<string>
  /** What it must find beside it, by name, with the versions that it works with. */
  readonly peers: Readonly<Record<string, string>>
  /** There only because another package must find it. */
  readonly isPeer: boolean
}

/** What the lockfile tells. */
export interface Lock {
  readonly file: LockFile | undefined
  /** That of its format. npm up to 6 wrote version 1, and never installed peer dependencies. */
  readonly version: number
  readonly packages: readonly LockedPackage[]
  /** Folders of the repository that are installed as packages. */
  readonly members: readonly string[]
  /** What package.json asked for when it was written, `express@^4.18.2`; npm tells it by versions alone. */
  readonly asked: ReadonlySet<string> | undefined
}

export const noLock: Lock = { file: undefined, version: 0, packages: [], members: [], asked: undefined }

/** What these lead to, themselves included, where each leads to what `below` gives. */
export function reachable<T>(starts: readonly T[], below: (from: T) => readonly T[]): ReadonlySet<T> {
  const seen = new Set<T>()
  const next = [...starts]
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    next.push(...below(at))
  }
  return seen
}

/** A package at the top of node_modules. */
export function installed(lock: Lock, name: string): LockedPackage | undefined {
  return lock.packages.find((p) => p.path === `node_modules/${name}`)
}

/** The first dependency of package.json that the lockfile does not hold, or holds at a version that is not allowed: an exact install refuses it. */
export function outOfStep(lock: Lock, manifest: Manifest): string | undefined {
  if (lock.file === undefined) return undefined
  const direct = { ...manifest.devDependencies, ...manifest.required }
  const { asked } = lock
  if (asked !== undefined)
    return Object.keys(direct).find(
      (name) => !/^(?:file|link|workspace):/.test(direct[name] ?? '') && !asked.has(`${name}@${direct[name]}`),
    )
  const known = new Map(lock.packages.map((p) => [p.path, p]))
  return Object.keys(direct).find((name) => {
    const found = known.get(`node_modules/${name}`)
    const range = direct[name] ?? ''
    if (/^(?:file|link|workspace|npm|git|https?|github)\b|[/:]/.test(range)) return false
    if (found === undefined) return !lock.members.some((path) => path.endsWith(name.replace(/^@[^/]+\//, '')))
    return validRange(range) !== null && found.version !== '' && !satisfies(found.version, range, { includePrerelease: true })
  })
}
