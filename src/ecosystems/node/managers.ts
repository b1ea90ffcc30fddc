import { packageManagers } from '../../catalogue/package-managers.ts'
import type { NodeApp } from '../../model/app.ts'
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

/** What to say of a project that installs with something else. */
export function managerNotServed(manager: string, file: string): Problem {
  return new Problem({
    code: 'package-manager-not-served',
    exit: 1,
    message: `This project installs with ${manager}, which is not served yet: so far npm, pnpm and Yarn are.`,
    file,
    fix: 'To try it with npm, make a lockfile beside it: npm install --package-lock-only',
  })
}

/** What installs the packages. The release is the one that package.json, .tool-versions or .yarnrc.yml names, else the newest that reads the lockfile. */
export function managerOf(tree: Tree, lock: Lock, manifest: Manifest): NodeApp['manager'] {
  if (lock.file === 'yarn.lock') return { name: 'yarn', version: yarnRelease(tree, lock, manifest) }
  if (lock.file !== 'pnpm-lock.yaml') return { name: 'npm' }
  const named =
    /^pnpm@(\d+\.\d+\.\d+)/.exec(manifest.packageManager ?? '')?.[1] ??
    /^pnpm[ \t]+(\d+\.\d+\.\d+)$/m.exec(tree.texts.get('.tool-versions') ?? '')?.[1]
  return { name: 'pnpm', version: named ?? (lock.version < 9 ? packageManagers.pnpm['6'] : packageManagers.pnpm['9']) }
}

function yarnRelease(tree: Tree, { version }: Lock, manifest: Manifest): string {
  if (version === 1) return packageManagers.yarn['1']
  const named =
    /^yarn@([2-9]\.\d+\.\d+)/.exec(manifest.packageManager ?? '')?.[1] ??
    /^yarnPath:.{0,200}\/yarn-([2-9]\.\d+\.\d+)\.cjs/m.exec(tree.texts.get('.yarnrc.yml') ?? '')?.[1]
  const all = Object.entries(packageManagers.yarn)
  return named ?? all.findLast(([written]) => Number(written) <= version)?.[1] ?? packageManagers.yarn['10']
}
