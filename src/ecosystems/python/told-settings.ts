import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { matches } from '../search.ts'
import { toldValues } from '../told.ts'
import { joined, moduleFile } from './files.ts'

/** A settings module, and the line that names it. */
export interface NamedSettings {
  readonly module: string
  readonly because: Evidence
}

const variable = 'DJANGO_SETTINGS_MODULE'
const inImage = /^[ \t]*(?:ENV[ \t]+)?DJANGO_SETTINGS_MODULE(?:=|[ \t]+)["']?([A-Za-z_][\w.]*)/gm
/** What modules are for, by a word of their name: those of later rows are the likelier to run in a container. */
const purposes = [
  /^(?:dev\w*|local|tests?|testing|ci|debug|e2e)$/,
  undefined,
  /^(?:docker|containers?|compose)$/,
  /^(?:prod|production|live)$/,
]

/** The settings that the repository's own containers run with, where they are made for it and those that its code names are not. */
export function settingsInContainers(tree: Tree, folder: string, own: string): NamedSettings | undefined {
  const values = (toldValues(tree).get(variable) ?? []).map(({ value, because }) => ({ module: value, because }))
  const images = [joined(folder, 'Dockerfile') ?? '', 'Dockerfile'].flatMap((file) =>
    [...matches(tree, [file], inImage)].map(({ groups, evidence }) => ({ module: groups[1] ?? '', because: evidence })),
  )
  return [...values, ...images].find(({ module }) => purposeOf(module) > purposeOf(own) && moduleFile(tree, folder, module) !== undefined)
}

function purposeOf(module: string): number {
  const words = module.toLowerCase().split(/[._]/).slice(1)
  const found = purposes.findLastIndex((purpose) => purpose !== undefined && words.some((word) => purpose.test(word)))
  return found === -1 ? 1 : found
}
