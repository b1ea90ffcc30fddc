import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { execa } from 'execa'
import { unpackTar } from 'modern-tar'
import { compare, maxSatisfying, valid } from 'semver'
import type { Fetched, NpmReference, PresetFiles } from '../../model/reference.ts'
import { type Listed, presetPaths, presetTexts } from './content.ts'
import { notFetched } from './problems.ts'

const seconds = 60
const mostPacked = 16 * 1024 * 1024
const mostUnpacked = 64 * 1024 * 1024

interface Versions {
  readonly versions: readonly string[]
  readonly latest: string | undefined
}

/**
 * Fetches a preset with the npm program, and so with its registries, configuration and credentials, those in the .npmrc of `folder`
 * too. No script of the package runs. Throws a Problem (exit 8).
 */
export async function fetchNpm(ref: string, reference: NpmReference, folder: string): Promise<Fetched> {
  const known = versionsOf(await npm(ref, folder, ['view', reference.name, 'versions', 'dist-tags', '--json']))
  const version = wanted(ref, reference, known)
  const newest = maxSatisfying([...known.versions], '*')
  const newer = newest !== null && valid(version) !== null && compare(newest, version) > 0
  return { pin: { version, exact: true, ...(newer && { newest }) }, files: await unpacked(ref, reference, version, folder) }
}

function wanted(ref: string, { wanted: want, name }: NpmReference, { versions, latest }: Versions): string {
  const found =
    want.by === 'default'
      ? latest
      : want.by === 'range'
        ? maxSatisfying([...versions], want.range)
        : versions.find((version) => version === want.name.replace(/^v/, ''))
  if (found !== undefined && found !== null) return found
  const asked =
    want.by === 'default'
      ? 'no version that is the latest'
      : want.by === 'range'
        ? `no version in the range ${want.range}`
        : `no version ${want.name}`
  throw notFetched(ref, `${name} has ${asked}`, `Its newest is ${latest ?? 'not known'}. Name a version, or a range such as #^1.`)
}

function versionsOf(json: string): Versions {
  const { versions, 'dist-tags': tags } = JSON.parse(json) as { versions?: string | string[]; 'dist-tags'?: { latest?: string } }
  return { versions: [versions ?? []].flat(), latest: tags?.latest }
}

async function unpacked(ref: string, { name, path }: NpmReference, version: string, folder: string): Promise<PresetFiles> {
  const work = await mkdtemp(join(tmpdir(), 'secure-docker-'))
  try {
    await npm(ref, folder, ['pack', `${name}@${version}`, '--pack-destination', work, '--ignore-scripts', '--json'])
    const [tarball] = await readdir(work)
    const packed = join(work, tarball ?? '')
    if (tarball === undefined || (await stat(packed)).size > mostPacked) throw notFetched(ref, 'its package is missing or too large')
    return await textsOf(ref, path, await readFile(packed))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** The preset in a package's tarball, whose files lie in one folder. Throws a Problem on what is none, and on what is too large unpacked. */
export async function textsOf(ref: string, path: string, tarball: Uint8Array): Promise<PresetFiles> {
  const files = await listed(tarball).catch(() => {
    throw notFetched(ref, `its package is damaged, or larger than ${mostUnpacked / 1024 / 1024} MiB unpacked`)
  })
  return presetTexts(ref, presetPaths(ref, path, files), async (file) => file.data ?? new Uint8Array())
}

async function listed(tarball: Uint8Array): Promise<readonly (Listed & { readonly data?: Uint8Array })[]> {
  const entries = await unpackTar(gunzipSync(tarball, { maxOutputLength: mostUnpacked }), { strict: true })
  return entries
    .filter(({ header }) => header.type !== 'directory')
    .map(({ header, data }) => {
      const path = header.name.replace(/^[^/]*\//, '')
      return { path, ...(header.type === 'file' && data !== undefined && { size: data.length, data }) }
    })
}

async function npm(ref: string, folder: string, args: readonly string[]): Promise<string> {
  const env = { npm_config_update_notifier: 'false', npm_config_fund: 'false', npm_config_audit: 'false' }
  const result = await execa('npm', args, {
    cwd: folder,
    env,
    stdin: 'ignore',
    reject: false,
    timeout: seconds * 1000,
    maxBuffer: 32 * 1024 * 1024,
  })
  if (!result.failed) return result.stdout
  if (result.timedOut) throw notFetched(ref, `npm took longer than ${seconds} seconds`)
  if (result.code === 'ENOENT') throw notFetched(ref, 'there is no npm program', 'Install npm: it knows your registries and credentials.')
  const name = args[1] ?? ''
  throw notFetched(
    ref,
    said(result.stdout, result.stderr) ?? result.shortMessage ?? 'npm failed',
    `npm's own registries and credentials are used. See that this works here: npm view ${name}. To work with what is kept: secure-docker update --offline`,
  )
}

/** What npm says went wrong: in JSON on stdout, else in its first line of error. */
function said(stdout: string, stderr: string): string | undefined {
  try {
    const { error } = JSON.parse(stdout) as { error?: { code?: string; summary?: string } }
    if (error?.summary !== undefined && error.summary !== '') return `${error.code ?? 'error'}: ${error.summary.split('\n')[0] ?? ''}`
  } catch {}
  return stderr
    .split('\n')
    .find((line) => /^npm (?:error|ERR!) /.test(line) && !/ code /.test(line))
    ?.replace(/^npm (?:error|ERR!) /, '')
}
