import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import type { Lock } from './lock.ts'

const others = [
  { file: 'pnpm-lock.yaml', manager: 'pnpm' },
  { file: 'yarn.lock', manager: 'Yarn' },
  { file: 'bun.lock', manager: 'Bun' },
  { file: 'bun.lockb', manager: 'Bun' },
] as const

/** Throws a Problem when another package manager's lockfile stands alone: npm would install other versions than the project's own. */
export function refuseOtherManagers(tree: Tree, lock: Lock): void {
  const other = others.find((o) => tree.files.has(o.file))
  if (other === undefined || lock.file !== undefined) return
  throw new Problem({
    code: 'package-manager-not-served',
    exit: 1,
    message: `This project installs with ${other.manager} (${other.file}), which is not served yet: so far only npm is.`,
    file: other.file,
    fix: 'To try it with npm, make a lockfile beside it: npm install --package-lock-only',
  })
}
