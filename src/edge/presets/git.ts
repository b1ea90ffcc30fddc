import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { compare, maxSatisfying, valid } from 'semver'
import type { Fetched, GitReference, Pin } from '../../model/reference.ts'
import { type Listed, presetPaths, presetTexts } from './content.ts'
import { notFetched } from './problems.ts'

const seconds = 60
const mostBytes = 256 * 1024 * 1024

/** What a remote has: the commit of each ref. */
type Refs = ReadonlyMap<string, string>

interface Target {
  /** What is asked for: `refs/tags/v1.2.0`, `HEAD`, a commit. */
  readonly ref: string
  readonly commit: string
  readonly pin: Pick<Pin, 'version' | 'exact' | 'newest'>
}

/**
 * Fetches a preset with the git program, and so with its configuration and credentials. Nothing is checked out, so nothing of the
 * repository runs. `known` is what is pinned: when that is still what is wanted, its content is not fetched again. Throws a Problem (exit 8).
 */
export async function fetchGit(ref: string, reference: GitReference, known: Pin | undefined): Promise<Fetched> {
  const work = await mkdtemp(join(tmpdir(), 'secure-docker-'))
  try {
    const git = program(ref, reference.url, work)
    await git(['init', '--quiet', '--bare', work])
    const target = wanted(ref, reference, refsOf(await git(['ls-remote', '--', reference.url, ...patterns(reference)])))
    const pin = { ...target.pin, commit: target.commit }
    if (known?.commit === target.commit) return { pin }
    await git(['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--', reference.url, target.ref])
    const commit = (await git(['rev-parse', 'FETCH_HEAD^{commit}'])).trim()
    if (commit !== target.commit) throw notFetched(ref, `${target.ref} moved while it was read`)
    const listed = filesOf(await git(['ls-tree', '-r', '-l', '-z', '--full-tree', commit]))
    const files = await presetTexts(ref, presetPaths(ref, reference.path, listed), (file) => git.bytes(['cat-file', 'blob', file.object]))
    return { pin, files }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Runs git in a folder of its own: what the repository at hand configures does not count, what the user configures does. */
function program(ref: string, url: string, work: string) {
  // Only these transports; a file only because the user's own insteadOf may lead there. No redirect, for it could lead to another host.
  const settings = [
    '-c',
    'http.followRedirects=false',
    '-c',
    'transfer.fsckObjects=true',
    '-c',
    'gc.auto=0',
    '-c',
    'core.hooksPath=/dev/null',
  ]
  const env = {
    GIT_ALLOW_PROTOCOL: 'https:ssh:file',
    GIT_TERMINAL_PROMPT: '0',
    GIT_DIR: work,
    GIT_WORK_TREE: undefined,
    GIT_INDEX_FILE: undefined,
  }
  const run = async (args: readonly string[]): Promise<Uint8Array> => {
    const stop = new AbortController()
    const watch = setInterval(async () => {
      if ((await sizeOf(work)) > mostBytes) stop.abort()
    }, 250)
    try {
      const result = await execa('git', [...settings, ...args], {
        cwd: work,
        env: { ...env, LC_ALL: 'C' },
        encoding: 'buffer',
        stripFinalNewline: false,
        stdin: 'ignore',
        reject: false,
        timeout: seconds * 1000,
        maxBuffer: 32 * 1024 * 1024,
        cancelSignal: stop.signal,
      })
      if (!result.failed) return result.stdout
      if (stop.signal.aborted) throw notFetched(ref, `the repository is larger than ${mostBytes / 1024 / 1024} MiB`)
      if (result.timedOut) throw notFetched(ref, `git took longer than ${seconds} seconds`)
      if (result.code === 'ENOENT') throw notFetched(ref, 'there is no git program', 'Install git: it knows your credentials.')
      throw notFetched(ref, said(result.stderr) ?? result.shortMessage ?? 'git failed', fix(url))
    } finally {
      clearInterval(watch)
    }
  }
  const text = async (args: readonly string[]): Promise<string> => new TextDecoder().decode(await run(args))
  return Object.assign(text, { bytes: run })
}

function fix(url: string): string {
  return `Git's own credentials and configuration are used. See that this works here: git ls-remote ${url}. To work with what is kept: secure-docker update --offline`
}

/** The line in which git says what went wrong. */
function said(stderr: Uint8Array): string | undefined {
  const lines = new TextDecoder().decode(stderr).split('\n')
  return (lines.find((line) => /^(?:fatal|error|remote): /.test(line)) ?? lines.find((line) => line.trim() !== ''))?.replace(
    /^(?:fatal|error): /,
    '',
  )
}

/** What of the remote is of interest: its tags tell also of newer ones. */
function patterns({ wanted: want }: GitReference): readonly string[] {
  return ['HEAD', 'refs/tags/*', ...(want.by === 'name' ? [`refs/heads/${want.name}`] : [])]
}

function refsOf(listing: string): Refs {
  const refs = new Map<string, string>()
  for (const line of listing.split('\n')) {
    const [commit, name] = line.split('\t')
    if (commit === undefined || name === undefined) continue
    // Of an annotated tag the commit that it stands on, which comes after it.
    refs.set(name.replace(/\^\{\}$/, ''), commit)
  }
  return refs
}

function wanted(ref: string, { wanted: want, stem }: GitReference, refs: Refs): Target {
  const tags = [...refs.keys()].flatMap((name) => (name.startsWith('refs/tags/') ? [name.slice('refs/tags/'.length)] : []))
  const newest = maxSatisfying(
    tags.filter((tag) => valid(tag) !== null),
    '*',
  )
  const at = (name: string, version: string | undefined, exact: boolean): Target | undefined => {
    const commit = refs.get(name)
    if (commit === undefined) return undefined
    const newer = newest !== null && version !== undefined && valid(version) !== null && compare(newest, version) > 0
    return { ref: name, commit, pin: { exact, ...(version !== undefined && { version }), ...(newer && { newest }) } }
  }
  if (want.by === 'default') return at('HEAD', undefined, false) ?? missing(ref, `${stem} is empty`)
  if (want.by === 'range') {
    const tag = maxSatisfying(tags, want.range)
    return (tag === null ? undefined : at(`refs/tags/${tag}`, tag, true)) ?? missing(ref, `${stem} has no tag in the range ${want.range}`)
  }
  const { name } = want
  const commit: Target = { ref: name, commit: name, pin: { version: name, exact: true } }
  return (
    at(`refs/tags/${name}`, name, true) ??
    at(`refs/heads/${name}`, name, false) ??
    (/^[0-9a-f]{40}$/.test(name) ? commit : missing(ref, `${stem} has no tag or branch ${name}`))
  )
}

function missing(ref: string, why: string): never {
  throw notFetched(ref, why, 'Name a tag, a branch, a whole commit, or a range such as #^1.')
}

/** Files of `git ls-tree -r -l -z`. */
function filesOf(listing: string): readonly (Listed & { readonly object: string })[] {
  return listing.split('\0').flatMap((row) => {
    const [, mode = '', object = '', size, path = ''] = row.match(/^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s) ?? []
    if (path === '') return []
    return [{ path, object, ...(mode.startsWith('100') && { size: Number(size) }) }]
  })
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(
    entries.map((name) =>
      lstat(join(folder, name)).then(
        (s) => s.size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
