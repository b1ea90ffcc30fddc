import { goReleases, isPastEndOfLife, nodeReleases, pythonReleases, type ReleaseTable } from '../catalogue/releases.ts'
import type { EcosystemName } from '../model/options.ts'
import { atLeast } from '../model/text.ts'

/** A language's release line that an image holds. */
interface ImageRelease {
  readonly ecosystem: EcosystemName
  readonly ended: boolean
  atLeast(oldest: string): boolean
}

const tables: Readonly<Record<EcosystemName, ReleaseTable>> = { node: nodeReleases, go: goReleases, python: pythonReleases }
const languages: Readonly<Record<string, EcosystemName>> = { node: 'node', golang: 'go', python: 'python' }

/** Host and path of an image name without its tag and digest; `node` is `docker.io/library/node`. */
export function inFull(image: string): readonly [host: string, path: string] {
  const name = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(slash, 0))
  if (/[.:]/.test(first) || first === 'localhost') return [first, name.slice(slash + 1)]
  return ['docker.io', slash === -1 ? `library/${name}` : name]
}

/** Whether an image comes from one of the hosts. One that only a variable names does not. */
export function allowsRegistry(hosts: readonly string[], image: string): boolean {
  return !image.includes('$') && hosts.includes(inFull(image)[0])
}

/** Whether an image is one of the names; `*` stands for anything. */
export function allowsImage(names: readonly string[], image: string): boolean {
  if (image.includes('$')) return false
  const [host, path] = inFull(image)
  return names.some((name) => matches(inFull(name).join('/'), `${host}/${path}`))
}

function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')}$`).test(text)
}

/** The release that an official or distroless image holds; undefined where its name does not tell. */
export function releaseOf(image: string): ImageRelease | undefined {
  const [, path] = inFull(image)
  const name = path.slice(path.lastIndexOf('/') + 1)
  const distroless = /^nodejs(\d+)-/.exec(name)?.[1]
  const tag = /:([^/:@]+)/.exec(image.slice(image.lastIndexOf('/') + 1))?.[1]
  const ecosystem = distroless === undefined ? languages[name] : 'node'
  const version = distroless ?? /^\d+(?:\.\d+)*/.exec(tag ?? '')?.[0]
  if (ecosystem === undefined || !Object.hasOwn(tables, ecosystem) || version === undefined) return undefined
  const line = version
    .split('.')
    .slice(0, ecosystem === 'node' ? 1 : 2)
    .join('.')
  return { ecosystem, ended: ended(tables[ecosystem], line), atLeast: (oldest) => atLeast(line, oldest) }
}

/** A line that is older than all that the table knows has ended too. */
export function ended(table: ReleaseTable, line: string): boolean {
  const last = table.releases.at(-1)?.release ?? ''
  return isPastEndOfLife(table, line) || (!table.releases.some((r) => r.release === line) && !atLeast(line, last))
}
