import type { Writable } from '../../model/app.ts'
import { first } from './find.ts'
import type { GoFile } from './source.ts'
import { dataFolder } from './stored.ts'

const modules = /^github\.com\/(?:adrg\/xdg|muesli\/go-app-paths|mitchellh\/go-homedir|kirsle\/configdir|shibukawa\/configdir)(?:\/|$)/
const calls = /\bos\.User(?:Home|Cache|Config)Dir\(/g

/** A home for a program that asks for one: the user of an image has none, and what is kept there has to last. */
export function homeFor(graph: readonly GoFile[], writable: readonly Writable[]): Readonly<Record<string, string>> {
  const asks = graph.some((f) => f.imports.some((i) => modules.test(i.value))) || first(graph, calls) !== undefined
  if (!asks) return {}
  return { HOME: writable.some((w) => w.path === dataFolder && w.keep) ? dataFolder : '/tmp' }
}
