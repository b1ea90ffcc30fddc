import satisfies from 'semver/functions/satisfies.js'
import validRange from 'semver/ranges/valid.js'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { isRecord, parseJson } from './json.ts'
import type { Manifest } from './manifest.ts'

export type LockFile = 'package-lock.json' | 'npm-shrinkwrap.json'

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
  /** npm up to 6 wrote version 1, and never installed peer dependencies. */
  readonly version: number
  readonly packages: readonly LockedPackage[]
  /** Folders of the repository that are installed as packages. */
  readonly members: readonly string[]
}

export const noLock: Lock = { file: undefined, version: 0, packages: [], members: [] }

// Lockfiles of version 1 do not say which packages have an install script.
const knownScripted = new Set(
  `argon2 bcrypt better-sqlite3 canvas grpc isolated-vm kerberos libxmljs node-rdkafka node-sass re2 serialport sharp snappy sqlite3 usb zeromq
  @prisma/client @prisma/engines prisma`.split(/\s+/),
)

/** Reads the npm lockfile. Throws a Problem when it is not JSON. */
export function readLock(tree: Tree): Lock {
  const file = (['npm-shrinkwrap.json', 'package-lock.json'] as const).find((name) => tree.files.has(name))
  if (file === undefined) return noLock
  const text = tree.texts.get(file)
  const data = text === undefined ? undefined : parseJson(text)
  if (!isRecord(data)) {
    throw new Problem({
      code: 'lockfile-invalid',
      exit: 1,
      message: `${file} cannot be read: ${tree.unread.get(file) ?? 'it is not valid JSON'}.`,
      file,
      fix: 'Make it anew: npm install --package-lock-only',
    })
  }
  const version = typeof data['lockfileVersion'] === 'number' ? data['lockfileVersion'] : 1
  const entries = isRecord(data['packages']) ? Object.entries(data['packages']) : oldEntries(data)
  const records = entries.filter((entry): entry is [string, Readonly<Record<string, unknown>>] => entry[0] !== '' && isRecord(entry[1]))
  return {
    file,
    version,
    packages: records.filter(([, entry]) => entry['link'] !== true).map(([path, entry]) => lockedPackage(path, entry)),
    members: records.map(([path]) => path).filter((path) => !path.includes('node_modules/') && tree.files.has(`${path}/package.json`)),
  }
}

/** Version 1 holds a tree; what stands at its top is enough here. */
function oldEntries(data: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  const dependencies = isRecord(data['dependencies']) ? data['dependencies'] : {}
  return Object.entries(dependencies).map(([name, entry]) => [
    `node_modules/${name}`,
    isRecord(entry) ? { ...entry, dependencies: entry['requires'], hasInstallScript: knownScripted.has(name) } : undefined,
  ])
}

function lockedPackage(path: string, entry: Readonly<Record<string, unknown>>): LockedPackage {
  const { version, os, bin, dependencies, optionalDependencies } = entry
  return {
    name: path.split('node_modules/').at(-1) ?? path,
    path,
    version: typeof version === 'string' ? version : '',
    dev: entry['dev'] === true,
    hasInstallScript: entry['hasInstallScript'] === true,
    os: Array.isArray(os) ? os.filter((o) => typeof o === 'string') : [],
    programs: new Map(isRecord(bin) ? Object.entries(bin).filter((e): e is [string, string] => typeof e[1] === 'string') : []),
    peers: peersOf(entry),
    isPeer: entry['peer'] === true,
    requires: new Set([dependencies, optionalDependencies].flatMap((d) => (isRecord(d) ? Object.keys(d) : []))),
  }
}

function peersOf(entry: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const { peerDependencies: all, peerDependenciesMeta: meta } = entry
  const optional = (name: string): boolean => isRecord(meta) && isRecord(meta[name]) && meta[name]['optional'] === true
  const needed = isRecord(all) ? Object.entries(all).filter((e): e is [string, string] => typeof e[1] === 'string' && !optional(e[0])) : []
  return Object.fromEntries(needed)
}

/** A package at the top of node_modules. */
export function installed(lock: Lock, name: string): LockedPackage | undefined {
  return lock.packages.find((p) => p.path === `node_modules/${name}`)
}

/** The first dependency of package.json that the lockfile does not hold, or holds at a version that is not allowed: `npm ci` refuses it. */
export function outOfStep(lock: Lock, manifest: Manifest): string | undefined {
  if (lock.file === undefined) return undefined
  const direct = { ...manifest.devDependencies, ...manifest.required }
  const known = new Map(lock.packages.map((p) => [p.path, p]))
  return Object.keys(direct).find((name) => {
    const found = known.get(`node_modules/${name}`)
    const range = direct[name] ?? ''
    if (/^(?:file|link|workspace|npm|git|https?|github)\b|[/:]/.test(range)) return false
    if (found === undefined) return !lock.members.some((path) => path.endsWith(name.replace(/^@[^/]+\//, '')))
    return validRange(range) !== null && found.version !== '' && !satisfies(found.version, range, { includePrerelease: true })
  })
}
