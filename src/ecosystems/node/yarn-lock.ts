import { type Lock, type LockedPackage, reachable } from './lock.ts'
import type { Manifest } from './manifest.ts'
import { isScripted } from './scripted.ts'

interface Entry {
  /** What it answers: `express@^4.18.2`. */
  readonly asked: readonly string[]
  readonly version: string
  /** What it asks for in turn. */
  readonly below: readonly string[]
}

/** Reads yarn.lock of Yarn 1, with the package.json at the root and those of a workspace's folders. */
export function readYarnLock(text: string, manifests: readonly [root: Manifest, ...others: readonly Manifest[]]): Lock {
  const entries = text
    .replaceAll('\r', '')
    .split(/\n(?=["\w@])/)
    .flatMap((block) => entryOf(block) ?? [])
  const byAsked = new Map(entries.flatMap((entry) => entry.asked.map((asked) => [asked, entry] as const)))
  const entryFor = (pattern: string): readonly Entry[] => [byAsked.get(pattern)].filter((entry) => entry !== undefined)
  const [manifest] = manifests
  const starts = manifests
    .flatMap(({ dependencies }) => Object.entries(dependencies))
    .flatMap(([name, range]) => entryFor(`${name}@${range}`))
  const needed = reachable(starts, ({ below }) => below.flatMap(entryFor))
  const top = new Map(
    Object.entries({ ...manifest.devDependencies, ...manifest.dependencies }).flatMap(([name, range]) => {
      const entry = byAsked.get(`${name}@${range}`)
      return entry === undefined ? [] : [[name, entry] as const]
    }),
  )
  return {
    file: 'yarn.lock',
    version: 1,
    packages: entries.map((entry) => lockedPackage(entry, top, needed)),
    members: [],
    asked: new Set(byAsked.keys()),
  }
}

function entryOf(block: string): Entry | undefined {
  const [head = '', ...lines] = block.split('\n')
  const version = lines.find((line) => line.startsWith('  version '))
  if (!head.endsWith(':') || version === undefined) return undefined
  return {
    asked: head
      .slice(0, -1)
      .split(', ')
      .map((pattern) => unquoted(pattern)),
    version: unquoted(version.slice('  version '.length)),
    below: lines.flatMap((line) => {
      const [, name, range] = /^ {4}("[^"]+"|\S+) (.+)$/.exec(line) ?? []
      return name === undefined || range === undefined ? [] : [`${unquoted(name)}@${unquoted(range)}`]
    }),
  }
}

/** A word of a lockfile without its quotes. */
export function unquoted(word: string): string {
  return word.replace(/^"(.*)"$/, '$1')
}

/** The name in `express@^4.18.2`. */
export function nameOf(pattern: string): string {
  return pattern.slice(0, pattern.indexOf('@', 1))
}

function lockedPackage(entry: Entry, top: ReadonlyMap<string, Entry>, needed: ReadonlySet<Entry>): LockedPackage {
  const name = nameOf(entry.asked[0] ?? '')
  return {
    ...installedFlat(name, entry, top, needed),
    version: entry.version,
    os: [],
    programs: new Map(),
    requires: new Set(entry.below.map(nameOf)),
  }
}

/** What holds of a package in the lockfiles of every Yarn, whose own account of peers is kept; `top` are those that package.json asks for. */
export function installedFlat<T>(
  name: string,
  entry: T,
  top: ReadonlyMap<string, T>,
  needed: ReadonlySet<T>,
): Pick<LockedPackage, 'name' | 'path' | 'dev' | 'hasInstallScript' | 'peers' | 'isPeer'> {
  const shadowed = top.has(name) && top.get(name) !== entry
  return {
    name,
    path: shadowed ? `node_modules/_/node_modules/${name}` : `node_modules/${name}`,
    dev: !needed.has(entry),
    hasInstallScript: isScripted(name),
    peers: {},
    isPeer: false,
  }
}
