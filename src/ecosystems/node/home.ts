import type { Writable } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import { firstHit } from './code.ts'

/** Where what is kept in a home lies: the user of an image has no home that can be written. */
const folder = '/data'
const asked = /\b(?:os\.)?(homedir)\(\)/g

/** The home of a program that keeps things there; none for one that asks for none. */
export function findHome(
  tree: Tree,
  files: readonly string[],
): { readonly environment: Readonly<Record<string, string>>; readonly writable: readonly Writable[] } {
  const hit = firstHit(tree, files, asked)
  return hit === undefined
    ? { environment: {}, writable: [] }
    : { environment: { HOME: folder }, writable: [{ path: folder, keep: true, held: false, because: [hit.evidence] }] }
}
