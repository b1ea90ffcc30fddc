import type { NodeSetup } from '../../model/node-package.ts'
import type { Tree } from '../../model/tree.ts'
import { isRecord, parseJson } from './json.ts'
import type { Manifest } from './manifest.ts'
import { bare } from './programs.ts'

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
  const schema = schemaElsewhere(tree)
  return setups.flatMap((row) => {
    const named = row.package in manifest.dependencies || row.package in manifest.devDependencies
    const other = row.package === 'prisma' ? schema : undefined
    const inside = other === undefined || `${other.reads}/`.startsWith('prisma/')
    const reads = [...row.reads, ...(inside ? [] : [other.reads])].filter((path) => tree.folders.has(path) || tree.files.has(path))
    const argv = other === undefined ? row.argv : [...row.argv, '--schema', other.path]
    const asked = row.package === 'prisma' ? askedBy(tree.texts.get('prisma.config.ts') ?? '') : []
    const env = asked.length === 0 ? {} : { env: Object.fromEntries(asked.map((name) => [name, 'postgresql://localhost/build'])) }
    return named && reads.length > 0 ? [{ argv, reads, ...env }] : []
  })
}

/** Variables without which the settings of Prisma cannot be loaded, though its client is made without a database: https://www.prisma.io/docs/orm/reference/prisma-config-reference */
function askedBy(settings: string): readonly string[] {
  return /['"]prisma\/config['"]/.test(settings)
    ? [...settings.matchAll(/(?<![.\w])env\(\s{0,9}['"](\w{1,80})['"]/g)].map(([, name = '']) => name)
    : []
}

/** The schema of Prisma where it is not in the usual folder: the one that package.json names, else the only one. */
function schemaElsewhere({ files, folders, texts }: Tree): { readonly path: string; readonly reads: string } | undefined {
  const all = [...texts].flatMap(([file, text]) => (file.endsWith('.prisma') && /^generator\s/m.test(text) ? [file] : []))
  const settings = parseJson(texts.get('package.json') ?? '')
  const prisma = isRecord(settings) ? settings['prisma'] : undefined
  const named = isRecord(prisma) && typeof prisma['schema'] === 'string' ? bare(prisma['schema']) : undefined
  const path = named ?? (all.length === 1 && !all[0]?.startsWith('prisma/') ? all[0] : undefined)
  if (path === undefined || path.startsWith('../') || !(files.has(path) || folders.has(path))) return undefined
  // Beside it lie its other files.
  return { path, reads: files.has(path) && path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : path }
}
