import { Problem } from '../../model/problem.ts'
import { type Lock, type LockedPackage, reachable } from './lock.ts'
import { isScripted } from './scripted.ts'

/** A line of the lockfile: the keys above it, its own, and its value. */
interface Entry {
  readonly path: readonly string[]
  readonly value: string
}

const lockfile = 'pnpm-lock.yaml'
const oldest = 6
const line = /^( *)('(?:[^']|'')+'|"[^"]+"|[^\s'"#-].*?):(?: +(.*))?$/

/**
 * Reads pnpm-lock.yaml of pnpm 8 and later (lockfileVersion 6 and 9). pnpm writes one key a line and never another style, so a reader of
 * lines does: one of all YAML takes a second for a quarter of a megabyte. Throws a Problem for older lockfiles.
 */
export function readPnpmLock(text: string, builtOnly: ReadonlySet<string>): Lock {
  const entries = entriesOf(text)
  const version = Number.parseFloat(entries.find(({ path }) => path.length === 1 && path[0] === 'lockfileVersion')?.value ?? '')
  if (!(version >= oldest)) throw unreadable()
  const importers = new Set(entries.flatMap(({ path }) => (path[0] === 'importers' && path[1] !== undefined ? [path[1]] : [])))
  const members = [...importers].filter((name) => name !== '.')
  const direct = directOf(entries, '.')
  const needed = neededBy(entries, [direct, ...members.map((name) => directOf(entries, name))])
  const packages = [...new Set(entries.flatMap(({ path }) => (path[0] === 'packages' && path[1] !== undefined ? [path[1]] : [])))]
  const details = detailsOf(entries)
  return {
    file: lockfile,
    version,
    packages: packages.map((key) => lockedPackage(key, details.get(bareKey(key)) ?? [], direct, needed, builtOnly)),
    members: members.sort(),
    asked: new Set([...direct].map(([name, { asked }]) => `${name}@${asked}`)),
  }
}

function entriesOf(text: string): readonly Entry[] {
  const keys: string[] = []
  return text.split(/\r?\n/).flatMap((row): readonly Entry[] => {
    const [, indent, key, value] = line.exec(row) ?? []
    if (indent === undefined || key === undefined) return []
    keys.length = Math.min(keys.length, indent.length / 2)
    keys.push(unquoted(key))
    return [{ path: [...keys], value: unquoted(value ?? '') }]
  })
}

function unquoted(word: string): string {
  return /^(?:'.*'|".*")$/.test(word) ? word.slice(1, -1).replaceAll("''", "'") : word
}

interface Direct {
  readonly asked: string
  readonly key: string
  readonly dev: boolean
}

/** What the package.json of a folder asked for when the lockfile was written, by name. */
function directOf(entries: readonly Entry[], folder: string): ReadonlyMap<string, Direct> {
  const found = new Map<string, Direct>()
  for (const { path, value } of entries) {
    if (path[0] === 'importers' ? path[1] !== folder : folder !== '.') continue
    const [kind, name, key] = path[0] === 'importers' ? path.slice(2) : path
    if (name === undefined || !/^(?:optionalD|devD|d)ependencies$/.test(kind ?? '')) continue
    const known = found.get(name) ?? { asked: '', key: '', dev: kind === 'devDependencies' }
    if (key === 'specifier') found.set(name, { ...known, asked: value })
    if (key === 'version') found.set(name, { ...known, key: keyOf(name, value) })
  }
  return found
}

/** The key of an installed package: `express@4.18.2`, without what it found beside it. */
function keyOf(name: string, version: string): string {
  const plain = bareKey(version)
  return plain.lastIndexOf('@') > 0 ? plain : `${name}@${plain}`
}

function bareKey(key: string): string {
  return key.replace(/^\//, '').replace(/\(.*$/, '')
}

/** The packages that the program needs without its tools of development. Their dependencies stand in `packages` up to version 6, then in `snapshots`. */
function neededBy(entries: readonly Entry[], direct: readonly ReadonlyMap<string, Direct>[]): ReadonlySet<string> {
  const below = new Map<string, string[]>()
  for (const { path, value } of entries) {
    const [part, from, kind, name] = path
    if ((part !== 'snapshots' && part !== 'packages') || from === undefined || name === undefined) continue
    if (kind !== 'dependencies' && kind !== 'optionalDependencies') continue
    below.set(bareKey(from), [...(below.get(bareKey(from)) ?? []), keyOf(name, value)])
  }
  const starts = direct
    .flatMap((each) => [...each.values()])
    .filter(({ dev }) => !dev)
    .map(({ key }) => key)
  return reachable(starts, (key) => below.get(key) ?? [])
}

/** What stands below each package, by its key. */
function detailsOf(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const found = new Map<string, Entry[]>()
  for (const entry of entries) {
    const [part, key] = entry.path
    if (key === undefined || (part !== 'packages' && part !== 'snapshots')) continue
    const list = found.get(bareKey(key)) ?? []
    list.push(entry)
    found.set(bareKey(key), list)
  }
  return found
}

function lockedPackage(
  key: string,
  details: readonly Entry[],
  direct: ReadonlyMap<string, Direct>,
  needed: ReadonlySet<string>,
  builtOnly: ReadonlySet<string>,
): LockedPackage {
  const plain = bareKey(key)
  const at = plain.lastIndexOf('@')
  const [name, version] = [plain.slice(0, at), plain.slice(at + 1)]
  const fieldOf = (field: string): string => details.find(({ path }) => path.length === 3 && path[2] === field)?.value ?? ''
  const isDirect = direct.get(name)?.key === plain
  return {
    name,
    version,
    path: isDirect ? `node_modules/${name}` : `node_modules/.pnpm/${plain.replaceAll('/', '+')}/node_modules/${name}`,
    dev: !needed.has(plain),
    hasInstallScript: fieldOf('requiresBuild') === 'true' || builtOnly.has(name) || isScripted(name),
    os: [...fieldOf('os').matchAll(/!?[\w-]+/g)].map(([word]) => word),
    programs: new Map(),
    requires: new Set(
      details.flatMap(({ path }) => (/^(?:optionalD|d)ependencies$/.test(path[2] ?? '') && path[3] !== undefined ? [path[3]] : [])),
    ),
    peers: {},
    isPeer: false,
  }
}

function unreadable(): Problem {
  const message = `${lockfile} is of a release of pnpm before 8, or cannot be read.`
  return new Problem({ code: 'lockfile-invalid', exit: 1, message, file: lockfile, fix: 'Make it anew: pnpm install --lockfile-only' })
}
