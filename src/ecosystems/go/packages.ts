import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import type { LocalReplacement } from './module.ts'
import { type GoFile, parseFile } from './source.ts'

/** The packages of a module, folder by folder; the root is `.`. Test files and foreign modules are left out. */
export interface Packages {
  readonly folders: ReadonlyMap<string, readonly string[]>
  /** One file of them, read when it is first asked for. */
  read(file: string): GoFile
  /** The compiled files of a package and of all packages of the repository that it imports, nearest first. */
  graph(folder: string): readonly GoFile[]
}

/** The folder of a path, `.` for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash === -1 ? '.' : path.slice(0, slash)
}

/** The packages of the module at the root, with those of modules that it takes from folders of the repository. */
export function packagesOf(tree: Tree, modulePath: string, replaced: readonly LocalReplacement[]): Packages {
  const roots = new Map([[modulePath, '.']])
  for (const { module, folder } of replaced) {
    const place = folder.startsWith('/') ? undefined : joined('.', folder)
    if (place !== undefined && tree.files.has(`${place}/go.mod`)) roots.set(module, place)
  }
  const ours = new Set(roots.values())
  const folders = new Map<string, string[]>()
  // One that is too long to be read, as generators write them, is compiled all the same.
  for (const file of [...tree.texts.keys(), ...tree.unread.keys()]) {
    if (!isSource(file) || !ours.has(moduleFolder(tree, file))) continue
    const folder = folderOf(file)
    const files = folders.get(folder)
    if (files === undefined) folders.set(folder, [file])
    else files.push(file)
  }
  const parsed = new Map<string, GoFile>()
  const read = (file: string): GoFile => {
    const known = parsed.get(file) ?? parseFile(file, tree.texts.get(file) ?? '')
    parsed.set(file, known)
    return known
  }
  return { folders, read, graph: (folder) => reachable(folders, read, roots, folder) }
}

function isSource(file: string): boolean {
  return (
    file.endsWith('.go') &&
    !file.endsWith('_test.go') &&
    !file.split('/').some((s) => /^[._]/.test(s) || s === 'testdata' || s === 'vendor')
  )
}

function moduleFolder(tree: Tree, file: string): string {
  for (let folder = folderOf(file); folder !== '.'; folder = folderOf(folder)) if (tree.files.has(`${folder}/go.mod`)) return folder
  return '.'
}

function reachable(
  folders: Packages['folders'],
  read: Packages['read'],
  roots: ReadonlyMap<string, string>,
  start: string,
): readonly GoFile[] {
  const seen = new Set([start])
  const files: GoFile[] = []
  for (const folder of seen) {
    const compiled = (folders.get(folder) ?? []).map(read).filter((f) => f.builds)
    files.push(...compiled)
    for (const spot of compiled.flatMap((f) => f.imports)) {
      const next = folderOfImport(roots, spot.value)
      if (next !== undefined && folders.has(next)) seen.add(next)
    }
  }
  return files
}

function folderOfImport(roots: ReadonlyMap<string, string>, path: string): string | undefined {
  for (let module = path; ; module = module.slice(0, module.lastIndexOf('/'))) {
    const root = roots.get(module)
    if (root !== undefined) return joined(root, path.slice(module.length + 1))
    if (!module.includes('/')) return undefined
  }
}
