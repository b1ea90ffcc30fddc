import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { below, type OwnStage, ownStages, placeIn } from '../own-dockerfile.ts'

/** What an own Dockerfile puts beside its program. */
export interface Carried {
  /** In the repository. */
  readonly path: string
  /** Where the person's own image holds it, seen from its root. */
  readonly place: string
  /** The same in ours. */
  readonly to: string
  readonly because: Evidence
}

// About the image, not read by the program.
const aside = /(?:^|\/)(?:licen[cs]e|readme|notice|changelog)[^/]*$|\.sh$/i
// Where tools lie, and what is gone with the container.
const notRead = /^(?:s?bin|lib\d*|proc|root|run|sys|tmp|usr\/(?:local\/)?s?bin)(?:\/|$)|^(?:etc|usr|usr\/local|var|\.)$/

/** Files and folders that the last stage of an own Dockerfile copies from the source: what the program reads, whatever the code calls it. What lies in the folder that it runs in lies in /app here. */
export function carried(tree: Tree): readonly Carried[] {
  const stages = ownStages(tree)
  const last = stages.at(-1)
  // One that compiles holds the whole source.
  if (last === undefined || (stages.length < 2 && /(?:^|\/)golang\b/.test(last.image))) return []
  return last.copies.flatMap(({ words, because }) => copied(stages, last.folder, words).map((found) => ({ ...found, because })))
}

function copied(stages: readonly OwnStage[], folder: string, words: readonly string[]): readonly Omit<Carried, 'because'>[] {
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length)
  const paths = words.filter((word) => !word.startsWith('--'))
  const target = paths.at(-1) ?? ''
  const root = from === undefined ? '.' : stages.find(({ name }, i) => name === from.toLowerCase() || String(i) === from)?.folder
  if (root === undefined || paths.some((path) => path.includes('$'))) return []
  return paths.slice(0, -1).flatMap((given) => {
    const path = below(root, placeIn('.', given))
    const place = placeIn(folder, isFolder(target) && /\.\w+$/.test(given) ? `${target}/${given.split('/').at(-1)}` : target)
    if (path === undefined || place === folder || aside.test(path) || notRead.test(place)) return []
    return [{ path, place, to: imagePlace(folder, place, path, target.startsWith('/')) }]
  })
}

/** A place of the person's image in ours. One that runs at the root of its image finds there what the repository has by that name. */
function imagePlace(folder: string, place: string, path: string, absolute: boolean): string {
  const inside = below(folder, place)
  return inside === undefined || (folder === '.' && absolute && inside !== path) ? `/${place}` : `/app/${inside}`
}

function isFolder(target: string): boolean {
  return target.endsWith('/') || /(?:^|\/)\.$/.test(target)
}
