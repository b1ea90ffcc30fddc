import type { NodeApp, Writable } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import { sources } from './code.ts'
import { placedBy } from './paths.ts'
import { inTree } from './start.ts'
import type { WorkspaceFrontEnd } from './workspace-front-ends.ts'
import { findWritable } from './writes.ts'

const home = '/app/'

/**
 * What a program of a workspace writes above its own folder, from the root: `../../data`, and files that a front end makes.
 * `inside` is its folder as it sees it.
 */
export function writtenAbove(
  tree: Tree,
  folder: string,
  inside: Tree,
  app: NodeApp,
  outputs: readonly string[],
  pages: readonly WorkspaceFrontEnd[],
): readonly Writable[] {
  const start = app.found.start?.value ?? ''
  const at = placedBy(start, inTree(inside, start))
  const files = sources(inside, start, app.outputs).all.map((file) => `${folder}/${file}`)
  const all = findWritable(tree, files, (file) => `${folder}/${at(file.slice(folder.length + 1))}`, outputs, { folder, pages })
  return all.filter(({ path, link = path }) => link.startsWith(home) && !`${link}/`.startsWith(`${home}${folder}/`))
}

/** What it writes in its own folder, `placed` below the root, with what is `above`: that looked like a place outside of everything. */
export function withAbove(own: readonly Writable[], above: readonly Writable[], placed: (path: string) => string): readonly Writable[] {
  const isAbove = ({ because: [seen] }: Writable): boolean =>
    above.some(({ because: [other] }) => other?.file === seen?.file && other?.line === seen?.line)
  const inside = own
    .filter((w) => !isAbove(w))
    .map((w) => ({ ...w, path: placed(w.path), ...(w.link === undefined ? {} : { link: placed(w.link) }) }))
  return [...above, ...inside]
}
