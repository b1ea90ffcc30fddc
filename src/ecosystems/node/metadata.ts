import type { Chosen } from '../../model/options.ts'
import { detected } from '../search.ts'
import type { Manifest } from './manifest.ts'

/** What package.json says for labels and names. */
export function metadata(manifest: Manifest): Chosen {
  const name = manifest.name
    ?.replace(/^@[^/]+\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 63)
  const source = sourceAddress(manifest.repository)
  const url = manifest.homepage !== undefined && /^https?:\/\/\S+$/.test(manifest.homepage) ? manifest.homepage : undefined
  const license =
    manifest.license !== undefined && /^[\w.+() -]+$/.test(manifest.license) && !/^(?:UNLICENSED|SEE LICENSE)/i.test(manifest.license)
      ? manifest.license
      : undefined
  const vendor = manifest.author?.split(/[<(]/, 1)[0]?.trim()
  return {
    ...(name ? { name: detected(name, manifest.evidence('name')) } : {}),
    ...(manifest.description ? { description: detected(manifest.description, manifest.evidence('description')) } : {}),
    ...(source ? { source: detected(source, manifest.evidence('repository')) } : {}),
    ...(url ? { url: detected(url, manifest.evidence('homepage')) } : {}),
    ...(license ? { licenses: detected(license, manifest.evidence('license')) } : {}),
    ...(vendor ? { vendor: detected(vendor, manifest.evidence('author')) } : {}),
  }
}

/** The https address of npm's forms of `repository` (package.json reference): `owner/repo`, `github:…`, git and ssh addresses. */
function sourceAddress(repository: string | undefined): string | undefined {
  if (repository === undefined || repository.length > 500) return undefined
  const short = repository.match(/^(?:(github|gitlab|bitbucket):)?([\w.-]+\/[\w.-]+)$/)
  const host = { github: 'github.com', gitlab: 'gitlab.com', bitbucket: 'bitbucket.org' }[short?.[1] ?? 'github']
  if (short !== null) return `https://${host}/${short[2]}`
  const long = repository.match(/^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^@/\s]+@)?([\w.-]+)(?::\d+)?\/([\w./~-]+?)(?:\.git)?(?:#.*)?$/)
  const scp = repository.match(/^(?:[\w-]+@)([\w.-]+):([\w./~-]+?)(?:\.git)?$/)
  const match = long ?? scp
  return match === null ? undefined : `https://${match[1]}/${match[2]}`
}
