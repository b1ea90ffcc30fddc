import satisfies from 'semver/functions/satisfies.js'
import validRange from 'semver/ranges/valid.js'
import { isPastEndOfLife, nodeReleases, pick, type Release } from '../../catalogue/releases.ts'
import type { Notice } from '../../model/app.ts'
import type { Evidence, Sourced } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { detected, evidenceAt } from '../search.ts'
import type { Manifest } from './manifest.ts'

interface Wish {
  readonly range: string
  readonly evidence: Evidence
}

/** The release line of Node.js that the repository asks for, with a notice when it is past its end of life or the files disagree. */
export function nodeRelease(
  tree: Tree,
  manifest: Manifest,
): { readonly release: Sourced<string> | undefined; readonly notices: readonly Notice[] } {
  const wishes = [
    ...versionFile(tree, '.nvmrc'),
    ...versionFile(tree, '.node-version'),
    ...lineOf(tree, '.tool-versions', /^node(?:js)?[ \t]+(\S+)/m),
    ...(manifest.volta === undefined ? [] : [{ range: manifest.volta, evidence: manifest.evidence('volta', 'node') }]),
    ...(manifest.engine === undefined ? [] : [{ range: manifest.engine, evidence: manifest.evidence('engines', 'node') }]),
    ...lineOf(tree, 'Dockerfile', /^FROM\s+(?:--\S+\s+)?(?:docker\.io\/(?:library\/)?)?node:(\d+)/im),
  ].filter((wish) => validRange(asRange(wish.range)) !== null)
  const [first, ...others] = wishes
  if (first === undefined) return { release: undefined, notices: [] }
  const chosen = pick(nodeReleases, (release) => admits(first.range, release)) ?? nearest(first.range)
  const notices: Notice[] = []
  const opposed = others.find((wish) => wish.evidence.file !== 'Dockerfile' && !admits(wish.range, chosen.release))
  if (opposed !== undefined) {
    notices.push({
      code: 'release-conflict',
      text: `Two files ask for different releases of Node.js; ${first.evidence.file} was followed.`,
      because: [first.evidence, opposed.evidence],
      fix: 'Make them agree, or choose with --release.',
    })
  }
  if (isPastEndOfLife(nodeReleases, chosen.release)) {
    notices.push({
      code: 'release-end-of-life',
      text: `Node.js ${chosen.release} gets no security fixes any more (end of life ${chosen.endOfLife}).`,
      because: [first.evidence],
      fix: 'Move to a supported release: the newest long-term release is the safest.',
    })
  }
  return { release: detected(chosen.release, first.evidence), notices }
}

/** nvm's own words for releases, in terms of the catalogue. */
function asRange(text: string): string {
  const word = text.trim().replace(/^v(?=\d)/, '')
  const codename = word.match(/^lts\/(\w+)$/)?.[1]?.toLowerCase()
  const named = nodeReleases.releases.find((r) => codename !== undefined && r.codename === codename)
  if (named !== undefined) return named.release
  return /^(?:lts(?:\/\*)?|node|stable|latest|current)$/.test(word) ? '*' : word
}

/** Whether a range admits some version of a release line. An exact version stands for its line: patches are taken as they come. */
function admits(range: string, release: string): boolean {
  const text = asRange(range)
  return (
    satisfies(`${release}.999.999`, text) ||
    text.match(/^=?(\d+)\.\d+\.\d+$/)?.[1] === release ||
    new RegExp(`^[~^]?${release}\\.\\d+`).test(text)
  )
}

/** The oldest release of the catalogue, when the range lies outside of it. */
function nearest(range: string): Release {
  const wanted = Number(range.match(/\d+/)?.[0] ?? 0)
  const rising = nodeReleases.releases.toReversed()
  const found = rising.find((r) => Number(r.release) >= wanted) ?? rising.at(-1)
  if (found === undefined) throw new Error('the catalogue of Node.js releases is empty')
  return found
}

function versionFile(tree: Tree, file: string): readonly Wish[] {
  return lineOf(tree, file, /^[ \t]*([^\s#]+)/m)
}

function lineOf(tree: Tree, file: string, pattern: RegExp): readonly Wish[] {
  const text = tree.texts.get(file)
  const match = text?.match(pattern)
  if (text === undefined || match?.[1] === undefined) return []
  return [{ range: match[1], evidence: evidenceAt(file, text, (match.index ?? 0) + match[0].length - match[1].length) }]
}
