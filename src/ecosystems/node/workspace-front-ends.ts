import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { seenFrom } from '../seen-from.ts'
import { frontEndOf } from './front-end.ts'
import type { Member } from './workspace-scripts.ts'

/** A package of a workspace that makes files for browsers, and the folders of them, from the root. */
export interface WorkspaceFrontEnd {
  readonly member: Member
  readonly made: readonly string[]
}

/** The packages whose files a program reads from disk: its code names the folder that they make, as in `../client/dist`. */
export function frontEndsOf(tree: Tree, others: readonly Member[], code: readonly string[]): readonly WorkspaceFrontEnd[] {
  return others.flatMap((member) => {
    const { folder, manifest } = member
    const found = 'build' in manifest.scripts ? frontEndOf(seenFrom(tree, folder), manifest) : undefined
    const outputs = [...new Set([...(found?.named ?? []), ...(found?.usual ?? [])])]
    const made = outputs.flatMap((output) => {
      const path = joined(folder, output)
      return path?.startsWith(`${folder}/`) === true && code.some((text) => names(text, folder, path.slice(folder.length + 1)))
        ? [path]
        : []
    })
    return made.length === 0 ? [] : [{ member, made }]
  })
}

/** Whether a text holds the path of a folder of a package: in one word, or as its parts. */
function names(text: string, folder: string, output: string): boolean {
  const last = folder.split('/').at(-1) ?? folder
  const [from, to] = [last, output].map((part) => part.replace(/[^\w/]/g, '\\$&'))
  return new RegExp(String.raw`['"\x60](?:[^'"\x60\s]{0,80}/)?${from}(?:/|['"\x60]\s{0,20},\s{0,20}['"\x60])${to}(?:[/'"\x60])`).test(text)
}
