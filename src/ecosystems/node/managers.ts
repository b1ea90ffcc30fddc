import { packageManagers } from '../../catalogue/package-managers.ts'
import type { NodeApp } from '../../model/app.ts'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import type { Lock } from './lock.ts'
import type { Manifest } from './manifest.ts'

const others = ['bun.lock', 'bun.lockb'] as const

/** Throws a Problem when another package manager's lockfile stands alone: npm would install other versions than the project's own. */
export function refuseOtherManagers(tree: Tree, lock: Lock, manifest: Manifest): void {
  const other = others.find((file) => tree.files.has(file))
  if (other !== undefined && lock.file === undefined) throw notServed(`with Bun (${other})`, other)
  if (lock.file !== 'yarn.lock' || !tree.texts.get('package.json')?.includes('"workspaces"')) return
  const { file, line } = manifest.evidence('workspaces')
  throw new Problem({
    code: 'package-manager-not-served',
    exit: 1,
    message: 'This is a workspace of Yarn, and workspaces of Yarn are not served yet.',
    file,
    ...(line === undefined ? {} : { line }),
    fix: 'Run it in a folder with a lockfile of its own.',
  })
}

/** Throws when asked for one that is not served. */
export function notServed(how: string, file: string): Problem {
  return new Problem({
    code: 'package-manager-not-served',
    exit: 1,
    message: `This project installs ${how}, which is not served yet: so far npm, pnpm and Yarn 1 are.`,
    file,
    fix: 'To try it with npm, make a lockfile beside it: npm install --package-lock-only',
  })
}

/** What installs the packages. The release is the one that package.json or .tool-versions names, else the newest that reads the lockfile. */
export function managerOf(tree: Tree, lock: Lock, manifest: Manifest): NodeApp['manager'] {
  if (lock.file === 'yarn.lock') return { name: 'yarn', version: packageManagers.yarn }
  if (lock.file !== 'pnpm-lock.yaml') return { name: 'npm' }
  const named =
    /^pnpm@(\d+\.\d+\.\d+)/.exec(manifest.packageManager ?? '')?.[1] ??
    /^pnpm[ \t]+(\d+\.\d+\.\d+)$/m.exec(tree.texts.get('.tool-versions') ?? '')?.[1]
  return { name: 'pnpm', version: named ?? (lock.version < 9 ? packageManagers.pnpm['6'] : packageManagers.pnpm['9']) }
}
