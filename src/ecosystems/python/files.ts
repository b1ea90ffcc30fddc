import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'

/** The text of a file that is there. Throws a Problem when it could not be read. */
export function textOf(tree: Tree, file: string): string {
  const text = tree.texts.get(file)
  if (text !== undefined) return text
  throw new Problem({
    code: 'file-unread',
    exit: 1,
    message: `${file} could not be read: ${tree.unread.get(file) ?? 'unknown reason'}.`,
    file,
    fix: 'Make it a readable text file in UTF-8.',
  })
}

/** The folder of a path, `.` for the root. */
export function directoryOf(path: string): string {
  const end = path.lastIndexOf('/')
  return end === -1 ? '.' : path.slice(0, end)
}

/** The file of a module as seen from a folder: `a/b.py` or `a/b/__init__.py`. */
export function moduleFile(tree: Tree, folder: string, module: string): string | undefined {
  const path = joined(folder, module.replaceAll('.', '/'))
  return [`${path}.py`, `${path}/__init__.py`].find((file) => tree.files.has(file))
}
