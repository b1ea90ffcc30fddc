import { type Lock, type LockedPackage, reachable } from './lock.ts'
import type { Manifest } from './manifest.ts'
import { installedFlat, nameOf, unquoted } from './yarn-lock.ts'

interface Entry {
  /** What it answers: `express@npm:^4.18.2`. */
  readonly asked: readonly string[]
  /** What it is: `express@npm:4.18.2`, `shop@workspace:.`. */
  readonly resolution: string
  readonly version: string
  readonly os: readonly string[]
  readonly programs: ReadonlyMap<string, string>
  /** What it asks for in turn, by name. */
  readonly below: ReadonlyMap<string, string>
}

/**
 * Reads yarn.lock of Yarn 3 and later (`__metadata` version 5 and later). What only development needs is told by the manifests alone, those of
 * a workspace's folders among them.
 */
export function readBerryLock(text: string, manifest: Manifest, manifestsIn: (folders: readonly string[]) => readonly Manifest[]): Lock {
  const entries = text.replaceAll('\r', '').split('\n\n').flatMap(entryOf)
  const byAsked = new Map(entries.flatMap((entry) => entry.asked.map((asked) => [asked, entry] as const)))
  const byName = new Map(entries.map((entry) => [nameOf(entry.resolution), entry]))
  // A range that `resolutions` replaces is asked for by nobody.
  const entryFor = (name: string, range: string): readonly Entry[] =>
    [byAsked.get(`${name}@${withProtocol(range)}`) ?? byName.get(name)].filter((entry) => entry !== undefined)
  const root = entries.find(({ resolution }) => resolution.endsWith('@workspace:.'))
  const members = entries.flatMap(({ resolution }) => /@workspace:(?!\.$)(.+)$/.exec(resolution)?.[1] ?? []).sort()
  const starts = [manifest, ...manifestsIn(members)].flatMap(({ dependencies }) =>
    Object.entries(dependencies).flatMap((pair) => entryFor(...pair)),
  )
  const needed = reachable(starts, (entry) => (isMember(entry) ? [] : [...entry.below].flatMap((pair) => entryFor(...pair))))
  const top = new Map([...(root?.below ?? [])].flatMap(([name, range]) => entryFor(name, range).map((entry) => [name, entry] as const)))
  return {
    file: 'yarn.lock',
    version: Number(/^__metadata:\n {2}version: "?(\d+)/m.exec(text.replaceAll('\r', ''))?.[1] ?? 0),
    packages: entries.filter((entry) => !isMember(entry)).map((entry) => lockedPackage(entry, top, needed)),
    members,
    asked: new Set([...(root?.below ?? [])].flatMap(([name, range]) => [`${name}@${range}`, `${name}@${range.replace(/^npm:/, '')}`])),
  }
}

function isMember({ resolution }: Entry): boolean {
  return resolution.includes('@workspace:')
}

/** Up to release 3 a range of the registry's stands as it is. */
function withProtocol(range: string): string {
  return /^\w+:/.test(range) ? range : `npm:${range}`
}

function entryOf(block: string): readonly Entry[] {
  const lines = block.trim().split('\n')
  const [head = ''] = lines
  const value = (key: string): string | undefined => {
    const line = lines.find((each) => each.startsWith(`  ${key}: `))
    return line === undefined ? undefined : unquoted(line.slice(key.length + 4))
  }
  const [resolution, version] = [value('resolution'), value('version')]
  if (!head.endsWith(':') || resolution === undefined || version === undefined) return []
  const asked = unquoted(head.slice(0, -1)).split(', ')
  const os = [...(value('conditions') ?? '').matchAll(/\bos=(\w+)/g)].map(([, name = '']) => name)
  return [{ asked, resolution, version, os, programs: pairsBelow(lines, 'bin'), below: pairsBelow(lines, 'dependencies') }]
}

/** The lines `    name: value` below a key. */
function pairsBelow(lines: readonly string[], key: string): ReadonlyMap<string, string> {
  const from = lines.indexOf(`  ${key}:`)
  const rest = from === -1 ? [] : lines.slice(from + 1)
  const end = rest.findIndex((line) => !line.startsWith('    '))
  return new Map(
    (end === -1 ? rest : rest.slice(0, end)).flatMap((line) => {
      const [, name, value] = /^ {4}("[^"]+"|[^\s:]+): (.+)$/.exec(line) ?? []
      return name === undefined || value === undefined ? [] : [[unquoted(name), unquoted(value)] as const]
    }),
  )
}

function lockedPackage(entry: Entry, top: ReadonlyMap<string, Entry>, needed: ReadonlySet<Entry>): LockedPackage {
  const { version, os, programs, below, resolution } = entry
  return { ...installedFlat(nameOf(resolution), entry, top, needed), version, os, programs, requires: new Set(below.keys()) }
}
