import type { Evidence } from '../model/evidence.ts'
import type { Tree } from '../model/tree.ts'

// Files at the root of a repository that say which release of Node.js is meant.
const forAll = ['.nvmrc', '.node-version', '.tool-versions', 'Dockerfile']

/** The repository as a folder of it sees it, with what the root says for all. */
export function seenFrom(tree: Tree, folder: string): Tree {
  if (folder === '.') return tree
  const inside = (path: string): readonly string[] => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [])
  const texts = [...tree.texts].flatMap(([path, text]) => inside(path).map((p) => [p, text] as const))
  const shared = [...tree.texts].filter(([path]) => forAll.includes(path))
  return {
    files: new Set([...tree.files].flatMap(inside)),
    folders: new Set([...tree.folders].flatMap(inside)),
    texts: new Map([...shared, ...texts]),
    unread: new Map([...tree.unread].flatMap(([path, why]) => inside(path).map((p) => [p, why] as const))),
  }
}

/** Plain data with the files of its evidence named anew. */
export function withFiles<T>(data: T, name: (file: string) => string): T {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    if (isEvidence(value)) return { ...value, file: name(value.file) }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]))
  }
  return visit(data) as T
}

function isEvidence(value: object): value is Evidence {
  return 'file' in value && 'saw' in value
}
