import type { Notice } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'
import type { GoFile } from './source.ts'

/** Packages of the module itself that the program imports and the repository does not hold: most often what a generator makes. */
export function absentNotices(tree: Tree, module: string, graph: readonly GoFile[]): readonly Notice[] {
  const required = new Set(tree.texts.get('go.mod')?.split(/\s+/))
  const held = new Set([...tree.files].flatMap((file) => (file.endsWith('.go') ? [file.slice(0, file.lastIndexOf('/'))] : [])))
  const absent = new Map<string, Evidence>()
  for (const { file, text, imports } of graph)
    for (const { value, at } of imports) {
      const folder = value.startsWith(`${module}/`) ? value.slice(module.length + 1) : undefined
      if (folder !== undefined && !held.has(folder) && !isOfOther(value, module, required)) absent.set(folder, evidenceAt(file, text, at))
    }
  if (absent.size === 0) return []
  return [
    {
      code: 'go-package-missing',
      text: `The program imports what is not in the repository: ${[...absent.keys()].join(', ')}.`,
      because: [...absent.values()],
      fix: 'Make it before the image is built, with the generator of the project, and commit it; without it the build of the program fails.',
    },
  ]
}

/** A module below this one has its own line in go.mod. */
function isOfOther(path: string, module: string, required: ReadonlySet<string>): boolean {
  for (let above = path; above.length > module.length; above = above.slice(0, above.lastIndexOf('/'))) if (required.has(above)) return true
  return false
}
