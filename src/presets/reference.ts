import { valid, validRange } from 'semver'
import { exitCodes, Problem } from '../model/problem.ts'
import type { GitReference, Reference, Wanted } from '../model/reference.ts'
import { oneLine } from '../model/text.ts'

const longest = 500
const deepest = 10

const hosts: Readonly<Record<string, string>> = { 'github>': 'https://github.com/', 'gitlab>': 'https://gitlab.com/' }

/**
 * Reads the name of a preset. A path is seen from what names it: `from` is the preset that does, absent for the project itself.
 * Throws a Problem (exit 2) on what is no name, and on paths that lead out of the preset's own repository or package.
 */
export function parseReference(text: string, from?: Reference): Reference {
  if (text.length > longest || /[\s\p{Cc}\p{Cf}\\]/u.test(text))
    throw invalid(text, 'it holds spaces, backslashes or control characters, or is too long')
  if (/^\.\.?\//.test(text)) return relative(text, from)
  if (/^[a-z][a-z0-9-]*$/.test(text)) return { kind: 'shipped', name: text }
  if (/^(?:github|gitlab)>/.test(text)) return hosted(text)
  if (text.startsWith('npm>')) return packaged(text)
  if (/^git\+(?:https|ssh):\/\//.test(text)) return repository(text)
  if (text.startsWith('https://')) return { kind: 'https', url: address(text, text) }
  if (/^(?:\/|~|file:|[A-Za-z]:\/)/.test(text)) throw invalid(text, 'a path of this machine means nothing on another one')
  if (/^[a-z][a-z0-9+.-]*:\/\//.test(text)) throw invalid(text, 'only https and ssh are spoken')
  throw invalid(text, 'it is none of the forms below')
}

/** The one name of a reference. With the version that it came to, two names of one preset lead to the same one. */
export function referenceText(reference: Reference, version?: string): string {
  switch (reference.kind) {
    case 'shipped':
      return reference.name
    case 'local':
      return `./${reference.path}`
    case 'https':
      return reference.url
    case 'git':
    case 'npm': {
      const { stem, path, wanted } = reference
      const named = version ?? (wanted.by === 'default' ? '' : wanted.by === 'range' ? wanted.range : wanted.name)
      return `${stem}${path === '' ? '' : `//${path}`}${named === '' ? '' : `#${named}`}`
    }
  }
}

/** The file itself when the path names one, else the folder that holds `preset.toml`. */
export function isFile(path: string): boolean {
  return path.endsWith('.toml')
}

function relative(text: string, from: Reference | undefined): Reference {
  const parent = from === undefined ? { kind: 'local' as const, path: '' } : from
  if (parent.kind === 'shipped' || parent.kind === 'https') throw invalid(text, 'a preset that is one file has no files beside it')
  const folder = isFile(parent.path) ? parent.path.split('/').slice(0, -1) : parent.path.split('/').filter((part) => part !== '')
  const parts = [...folder]
  for (const part of text.replace(/\/$/, '').split('/')) {
    if (part === '.') continue
    if (part === '..' && parts.pop() === undefined) throw invalid(text, 'it leads out of the repository or package that it is in')
    if (part !== '..') parts.push(part)
  }
  return { ...parent, path: inside(text, parts.join('/')) }
}

function hosted(text: string): GitReference {
  const { stem, path, wanted } = parts(text)
  const [, prefix = '', name = ''] = stem.match(/^(\w+>)(.*)$/) ?? []
  if (!/^\w[\w.-]*(?:\/\w[\w.-]*)+$/.test(name)) throw invalid(text, 'an owner and a repository follow')
  return { kind: 'git', stem, url: `${hosts[prefix] ?? ''}${name.replace(/\.git$/, '')}.git`, path, wanted }
}

function packaged(text: string): Reference {
  const { stem, path, wanted } = parts(text)
  const name = stem.slice('npm>'.length)
  if (!/^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/.test(name)) throw invalid(text, 'the name of a package follows')
  return { kind: 'npm', stem, name, path, wanted }
}

function repository(text: string): GitReference {
  const { stem, path, wanted } = parts(text)
  return { kind: 'git', stem, url: address(stem.slice('git+'.length), text), path, wanted }
}

/** `stem//path#version`. */
function parts(text: string): { readonly stem: string; readonly path: string; readonly wanted: Wanted } {
  const hash = text.indexOf('#')
  const named = hash === -1 ? '' : text.slice(hash + 1)
  if (hash !== -1 && !/^[\w.^~<>=*|@/+-]{1,200}$/.test(named)) throw invalid(text, 'a version, a range, a tag or a branch follows #')
  const whole = hash === -1 ? text : text.slice(0, hash)
  const scheme = whole.indexOf('://')
  const split = whole.indexOf('//', scheme === -1 ? 0 : scheme + 3)
  const stem = (split === -1 ? whole : whole.slice(0, split)).replace(/\/$/, '')
  return { stem, path: split === -1 ? '' : inside(text, whole.slice(split + 2)), wanted: wantedOf(named) }
}

/** `^1`, `~1.2`, `>=1.2.0`, `1.x` are ranges; `v1.2.0`, `1`, `main` are names. */
function wantedOf(named: string): Wanted {
  if (named === '') return { by: 'default' }
  const range = /^[\^~<>=*]|\.[x*]$/.test(named) && valid(named) === null && validRange(named) !== null
  return range ? { by: 'range', range: named } : { by: 'name', name: named }
}

/** An address of https or ssh without a password, as it is written. */
function address(url: string, text: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !/^[a-z0-9[]/i.test(parsed.hostname)) throw invalid(text, 'it is no address')
  if (parsed.password !== '' || (parsed.protocol === 'https:' && parsed.username !== ''))
    throw invalid(text, 'an address in a file must not hold credentials; git and npm have their own')
  if (parsed.username.startsWith('-')) throw invalid(text, 'it is no address')
  if (parsed.hash !== '') throw invalid(text, 'a file behind an address has no versions; put the version into the address')
  return url
}

/** A path that stays inside. */
function inside(text: string, path: string): string {
  const clean = path.replace(/\/$/, '')
  if (clean === '') return ''
  const names = clean.split('/')
  if (names.length > deepest || names.some((name) => !/^[\w@.+-]+$/.test(name) || /^\.+$/.test(name) || name === '.git'))
    throw invalid(text, 'its path is not plain: names of letters, digits and .-_@+ between slashes')
  return clean
}

function invalid(text: string, why: string): Problem {
  const known =
    'strict, ./presets/acme, github>org/repo//path#^1, gitlab>…, git+https://host/repo.git//path#v1.2.0, git+ssh://…, npm>@org/package#^1, https://host/preset.toml'
  return new Problem({
    code: 'preset-reference-invalid',
    exit: exitCodes.usage,
    message: `${JSON.stringify(oneLine(text.slice(0, 100)))} names no preset: ${why}.`,
    fix: `Name it in one of these forms: ${known}. See docs/presets.md.`,
  })
}
