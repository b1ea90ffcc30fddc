import type { Tree } from '../../model/tree.ts'
import { type Manifest, parseManifest } from './manifest.ts'

const manifestFile = /^(.+)\/package\.json$/

/** Folders of the repository that a workspace's patterns (`apps/*`, `packages/**`, `!packages/old`) make packages of it, sorted. */
export function membersBy(tree: Tree, patterns: readonly string[]): readonly string[] {
  const [no, yes] = [patterns.filter((pattern) => pattern.startsWith('!')), patterns.filter((pattern) => !pattern.startsWith('!'))]
  const matchers = (list: readonly string[]): readonly RegExp[] => list.map((pattern) => matcher(pattern.replace(/^!/, '')))
  const [out, within] = [matchers(no), matchers(yes)]
  const folders = [...tree.files].flatMap((file) => manifestFile.exec(file)?.[1] ?? [])
  return folders.filter((folder) => within.some((m) => m.test(folder)) && !out.some((m) => m.test(folder))).sort()
}

// With more of them an expression takes longer than anybody waits.
const mostStars = 6

function matcher(pattern: string): RegExp {
  if (pattern.split('*').length - 1 > mostStars) return /(?!)/
  const bare = pattern.replace(/^\.\//, '').replace(/\/+$/, '')
  const parts = bare
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&')))
  return new RegExp(`^${parts.join('')}$`)
}

/** The package.json of each of these folders that can be read as text. Throws a Problem where one is invalid. */
export function manifestsIn(tree: Tree, folders: readonly string[]): readonly Manifest[] {
  return folders.flatMap((folder) => {
    const file = `${folder}/package.json`
    const text = tree.texts.get(file)
    return text === undefined ? [] : [parseManifest(text, file)]
  })
}
