import type { Tree } from '../../model/tree.ts'
import { below, type OwnStage, ownStages, placeIn } from '../own-dockerfile.ts'
import type { NamedPath } from './paths.ts'

// About the image, not read by the program.
const aside = /(?:^|\/)(?:licen[cs]e|readme|notice|changelog)[^/]*$|\.sh$/i

/** Files and folders that the last stage of an own Dockerfile copies from the source to the same place in the folder that it runs in: what the program reads, whatever the code calls it. */
export function carried(tree: Tree): readonly NamedPath[] {
  const stages = ownStages(tree)
  const last = stages.at(-1)
  if (last === undefined || stages.length < 2) return []
  return last.copies.flatMap(({ words, because }) => copied(stages, last.folder, words).map((path) => ({ path, because })))
}

function copied(stages: readonly OwnStage[], folder: string, words: readonly string[]): readonly string[] {
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length)
  const paths = words.filter((word) => !word.startsWith('--'))
  const target = paths.at(-1) ?? ''
  const root = from === undefined ? '.' : stages.find(({ name }, i) => name === from.toLowerCase() || String(i) === from)?.folder
  if (root === undefined || paths.some((path) => path.includes('$'))) return []
  return paths.slice(0, -1).flatMap((path) => {
    const source = below(root, placeIn('.', path))
    const into = below(folder, placeIn(folder, isFolder(target) && /\.\w+$/.test(path) ? `${target}/${path.split('/').at(-1)}` : target))
    return source !== undefined && source === into && !aside.test(source) ? [source] : []
  })
}

function isFolder(target: string): boolean {
  return target.endsWith('/') || /(?:^|\/)\.$/.test(target)
}
