import { packageManagers } from '../../catalogue/package-managers.ts'
import type { NodeApp } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import type { Lock } from './lock.ts'
import type { Manifest } from './manifest.ts'

const others = ['bun.lock', 'bun.lockb'] as const

/** Throws a Problem when another package manager's lockfile stands alone: npm would install other versions than the project's own. */
export function refuseOtherManagers(tree: Tree, lock: Lock): void {
  const other = others.find((file) => tree.files.has(file))
  if (other !== undefined && lock.file === undefined) throw managerNotServed(`Bun (${other})`, other)
}

/** Throws a Problem for a workspace of Yarn. */
export function refuseYarnWorkspace(lock: Lock, manifest: Manifest): void {
  if (lock.file === 'yarn.lock' && manifest.workspaces) throw workspaceNotServed('Yarn', manifest.evidence('workspaces'))
}

/** What to say of a project that installs with something else. */
export function managerNotServed(manager: string, file: string): Problem {
  return notServed(
    `This project installs with ${manager}, which is not served yet: so far npm, pnpm and Yarn 1 are.`,
    { file },
    'To try it with npm, make a lockfile beside it: npm install --package-lock-only',
  )
}

/** What to say of several packages with one lockfile. */
export function workspaceNotServed(manager: string, at: Pick<Evidence, 'file' | 'line'>): Problem {
  return notServed(
    `This is a workspace of ${manager}: several packages with one lockfile, which is not served yet.`,
    at,
    'Run it in a folder with a lockfile of its own.',
  )
}

function notServed(message: string, { file, line }: Pick<Evidence, 'file' | 'line'>, fix: string): Problem {
  return new Problem({ code: 'package-manager-not-served', exit: 1, message, file, ...(line === undefined ? {} : { line }), fix })
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
