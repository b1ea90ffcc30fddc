import type { NodeSetup } from '../../model/node-package.ts'
import type { Tree } from '../../model/tree.ts'
import type { Manifest } from './manifest.ts'

interface SetupRow {
  readonly package: string
  readonly argv: readonly string[]
  readonly reads: readonly string[]
}

// Tools that change what is installed; projects call them in their own install hooks, which stay off.
const setups: readonly SetupRow[] = [
  { package: 'patch-package', argv: ['npx', '--no', '--', 'patch-package'], reads: ['patches'] },
  { package: 'prisma', argv: ['npx', '--no', '--', 'prisma', 'generate'], reads: ['prisma', 'prisma.config.ts'] },
]

/** What has to be run after the packages are there, with what it reads. */
export function findSetup(tree: Tree, manifest: Manifest): readonly NodeSetup[] {
  return setups.flatMap((row) => {
    const reads = row.reads.filter((path) => tree.folders.has(path) || tree.files.has(path))
    const named = row.package in manifest.dependencies || row.package in manifest.devDependencies
    return named && reads.length > 0 ? [{ argv: row.argv, reads }] : []
  })
}
