import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { isRecord, parseJson } from './json.ts'
import type { Lock, LockedPackage } from './lock.ts'
import { isScripted } from './scripted.ts'

/** Reads npm's lockfile. Throws a Problem when it is not JSON. */
export function readNpmLock(tree: Tree, file: 'package-lock.json' | 'npm-shrinkwrap.json'): Lock {
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
    asked: undefined,
    members: records.map(([path]) => path).filter((path) => !path.includes('node_modules/')),
  }
}

/** Version 1 holds a tree; what stands at its top is enough here. */
function oldEntries(data: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  const dependencies = isRecord(data['dependencies']) ? data['dependencies'] : {}
  return Object.entries(dependencies).map(([name, entry]) => [
    `node_modules/${name}`,
    isRecord(entry) ? { ...entry, dependencies: entry['requires'], hasInstallScript: isScripted(name) } : undefined,
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
