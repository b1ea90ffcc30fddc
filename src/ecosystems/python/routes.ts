import type { Sourced } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { detected, matches } from '../search.ts'
import { moduleFile } from './files.ts'
import { assigned, literal, type Settings } from './settings.ts'

const route = /\b(path|re_path|url)\(\s*r?["']([^"'\n]{0,200})["']\s*,\s*(?:include\(\s*\(?\s*["']([\w.]+)["'])?/g
const healthName = /^(?:healthz?|health[-_]?check|_health|livez?|liveness|__(?:lb)?heartbeat__)$/
// Words that mean something else further down, such as a test of a queue.
const healthAtRoot = /^(?:alive|ping|up|heartbeat)$/
const deepest = 3

// Middleware that answers by itself, whatever the views do (their own pages).
const answering: readonly (readonly [RegExp, string])[] = [
  [/^[ \t]*["']dockerflow\.django\.middleware\.DockerflowMiddleware["']/gm, '/__lbheartbeat__'],
]

/** The health route of the root URL configuration, as it is written there, or of what it includes; else that of a middleware. */
export function healthRoute(tree: Tree, folder: string, settings: Settings): Sourced<string> | undefined {
  const root = literal(assigned(tree, settings, 'ROOT_URLCONF'))
  return (root === undefined ? undefined : search(tree, folder, root, '', 0)) ?? answered(tree, settings)
}

function answered(tree: Tree, settings: Settings): Sourced<string> | undefined {
  const [found] = answering.flatMap(([name, path]) =>
    [...matches(tree, settings.files, name)].map(({ evidence }) => detected(path, evidence)),
  )
  return found
}

function search(tree: Tree, folder: string, module: string, prefix: string, depth: number): Sourced<string> | undefined {
  const file = moduleFile(tree, folder, module)
  if (file === undefined || depth > deepest) return undefined
  const included: (readonly [string, string])[] = []
  for (const { groups, evidence } of matches(tree, [file], route)) {
    const [, call = 'path', written = '', inner] = groups
    if (evidence.saw.startsWith('#')) continue
    const full = prefix + plain(call, written)
    if (!/^[\w\-./~]*$/.test(full)) continue
    const own = full.replace(/\/$/, '').split('/').at(-1) ?? ''
    if ((healthName.test(own) || healthAtRoot.test(full.replace(/\/$/, ''))) && answers(tree, folder, inner))
      return detected(`/${full}`, evidence)
    if (inner !== undefined) included.push([inner, full])
  }
  for (const [inner, full] of included) {
    const found = search(tree, folder, inner, full, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** A regular expression without its anchors; a path as it is. */
function plain(call: string, written: string): string {
  return call === 'path'
    ? written
    : written
        .replace(/^\^/, '')
        .replace(/\/\?\$$/, '')
        .replace(/\$$/, '')
}

/** A view answers there: none is included, or what is included has a view at its own root, or it comes from a package. */
function answers(tree: Tree, folder: string, inner: string | undefined): boolean {
  const file = inner === undefined ? undefined : moduleFile(tree, folder, inner)
  if (file === undefined) return true
  return [...matches(tree, [file], route)].some(({ groups }) => plain(groups[1] ?? '', groups[2] ?? '') === '')
}
