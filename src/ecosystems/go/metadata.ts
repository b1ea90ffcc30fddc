import type { Sourced } from '../../model/evidence.ts'
import { detected } from '../search.ts'
import type { GoModule } from './module.ts'

/** Hosts whose module paths are the addresses of repositories. */
const forges = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org'])

/** The module path without its major version: `example.com/shop/v2` is `shop`. */
export function moduleName(path: string): string {
  const segments = path.split('/').filter((s) => s !== '')
  const base = /^v\d+$/.test(segments.at(-1) ?? '') && segments.length > 1 ? segments.at(-2) : segments.at(-1)
  return (base ?? '').replace(/\.v\d+$/, '')
}

/** Name of the image; undefined when nothing of the module path can be one. */
export function imageName(module: GoModule): Sourced<string> | undefined {
  const name = moduleName(module.path)
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 60)
  return name === '' ? undefined : detected(name, module.pathSeen)
}

/** Address of the source code, when the module path is one. */
export function sourceOf(module: GoModule): Sourced<string> | undefined {
  const [host, owner, repository] = module.path.split('/')
  if (host === undefined || owner === undefined || repository === undefined || !forges.has(host)) return undefined
  if (![owner, repository].every((s) => /^[\w.-]+$/.test(s))) return undefined
  return detected(`https://${host}/${owner}/${repository}`, module.pathSeen)
}
