import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { readBerryLock } from './berry-lock.ts'
import { type Lock, type LockFile, lockfiles, noLock } from './lock.ts'
import type { Manifest } from './manifest.ts'
import { manifestsIn, membersBy } from './members.ts'
import { readNpmLock } from './npm-lock.ts'
import { readPnpmLock } from './pnpm-lock.ts'
import { readYarnLock } from './yarn-lock.ts'

/** Reads the lockfile of the package manager that the project installs with. Throws a Problem when it cannot be read. */
export function readLock(tree: Tree, manifest: Manifest): Lock {
  const lock = readAny(tree, manifest)
  // A folder that is not there cannot be copied.
  return { ...lock, members: lock.members.filter((folder) => tree.files.has(`${folder}/package.json`)) }
}

function readAny(tree: Tree, manifest: Manifest): Lock {
  const file = lockfileOf(tree, manifest)
  switch (file) {
    case undefined:
      return noLock
    case 'pnpm-lock.yaml':
      return readPnpmLock(textOf(tree, file), builtOnly(tree))
    case 'yarn.lock':
      return readYarn(tree, manifest, textOf(tree, file))
    default:
      return readNpmLock(tree, file)
  }
}

function readYarn(tree: Tree, manifest: Manifest, text: string): Lock {
  if (/^__metadata:/m.test(text)) return readBerryLock(text, manifest, (folders) => manifestsIn(tree, folders))
  const members = membersBy(tree, manifest.workspaces ?? [])
  return { ...readYarnLock(text, [manifest, ...manifestsIn(tree, members)]), members }
}

/** That of the package manager which package.json names; else npm's before the others'. */
function lockfileOf(tree: Tree, { packageManager }: Manifest): LockFile | undefined {
  const found = lockfiles.filter((name) => tree.files.has(name))
  const named = /^(pnpm|yarn)@/.exec(packageManager ?? '')?.[1]
  return found.find((name) => named !== undefined && name.startsWith(named)) ?? found[0]
}

function textOf(tree: Tree, file: LockFile): string {
  const text = tree.texts.get(file)
  if (text !== undefined) return text
  const message = `${file} cannot be read: ${tree.unread.get(file) ?? 'it is no text'}.`
  throw new Problem({ code: 'lockfile-invalid', exit: 1, message, file, fix: 'Make it anew with the package manager that wrote it.' })
}

/** Packages whose install scripts the project lets pnpm run. */
function builtOnly(tree: Tree): ReadonlySet<string> {
  const text = `${tree.texts.get('pnpm-workspace.yaml') ?? ''}\n${tree.texts.get('package.json') ?? ''}`
  const list = /\bonlyBuiltDependencies"?:\s*(\[[^\]]*\]|(?:\n[ \t]*-[^\n]*)+)/.exec(text)?.[1] ?? ''
  return new Set([...list.matchAll(/@?[\w.-]+(?:\/[\w.-]+)?/g)].map(([name]) => name).filter((name) => name !== '-'))
}
