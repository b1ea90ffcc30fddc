import { parse } from '@iarna/toml'
import type { Lock, LockedFact } from '../model/artifact.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import type { Pin } from '../model/reference.ts'
import { lockFile, lockVersion, quoted, type Sha256 } from './lock.ts'
import { isTarget } from './targets.ts'
import { canonical } from './text.ts'

/** The lock of a repository. Throws like `parseLock`, and on files that are none of ours: what a lock names may be removed. */
export function readLock(source: string, sha256: Sha256): Lock {
  const lock = parseLock(source, sha256)
  const other = [...lock.bases.keys(), ...lock.ejected].find((path) => !isTarget(path))
  if (other === undefined) return lock
  throw invalid(`It names ${other}, which secure-docker does not write.`, lineOf(source, source.indexOf(quoted(other))))
}

/** The lock in a text of any line ends. Throws a Problem when it is damaged, in conflict, or from a newer tool. */
export function parseLock(source: string, sha256: Sha256): Lock {
  const text = canonical(source)
  const marker = text.split('\n').findIndex((line) => /^(?:<{7}|={7}|>{7}|\|{7})/.test(line))
  if (marker !== -1) throw conflicted(marker + 1)
  const document = parsed(text)
  const version = document.lockVersion
  if (typeof version !== 'number' || !Number.isInteger(version)) throw invalid('It has no lockVersion.', 1)
  if (version > lockVersion) throw newer(version, String(document.tool ?? 'a newer release'))
  const tool = document.tool
  if (typeof tool !== 'string') throw invalid('It does not say which version of the tool wrote it.', 1)
  const files = document.files ?? {}
  if (!isTable(files)) throw invalid('"files" is not a table.', 1)
  const entries = Object.entries(files)
  const given = entries.filter(([, entry]) => isTable(entry) && entry.ejected === true).map(([path]) => path)
  const bases = entries.filter(([path]) => !given.includes(path)).map(([path, entry]) => [path, baseOf(text, path, entry, sha256)] as const)
  const presets = pinsOf(document.presets ?? {})
  const replaced = replacedOf(document.replaced ?? {})
  return { tool, facts: factsOf(document.facts ?? {}), bases: new Map(bases), ejected: new Set(given), replaced, presets }
}

function pinsOf(table: unknown): ReadonlyMap<string, Pin> {
  if (!isTable(table)) throw invalid('"presets" is not a table.', 1)
  return new Map(Object.entries(table).map(([ref, entry]) => [ref, pinOf(ref, entry)]))
}

function pinOf(ref: string, entry: unknown): Pin {
  const pin = isTable(entry) ? entry : {}
  const digest = typeof pin.digest === 'string' ? pin.digest.match(/^sha256:([0-9a-f]{64})$/)?.[1] : undefined
  if (digest === undefined) throw invalid(`The entry of the preset ${JSON.stringify(ref)} lacks its digest.`, 1)
  const { version, commit, newest } = pin
  const texts = Object.entries({ version, commit, newest }).filter(([, text]) => typeof text === 'string')
  return { ...Object.fromEntries(texts), exact: pin.exact === true, digest }
}

function replacedOf(table: unknown): ReadonlyMap<string, string> {
  if (!isTable(table)) throw invalid('"replaced" is not a table.', 1)
  return new Map(
    Object.entries(table).map(([path, entry]) => {
      if (!isTable(entry) || typeof entry.text !== 'string')
        throw invalid(`The entry of the replaced ${JSON.stringify(path)} has no text.`, 1)
      return [path, entry.text]
    }),
  )
}

function factsOf(table: unknown): ReadonlyMap<string, LockedFact> {
  if (!isTable(table)) throw invalid('"facts" is not a table.', 1)
  return new Map(
    Object.entries(table).map(([name, fact]) => {
      if (!isTable(fact) || typeof fact.value !== 'string') throw invalid(`The fact ${JSON.stringify(name)} has no value.`, 1)
      const { value, file, seen } = fact
      return [name, { value, ...(typeof file === 'string' && { file }), ...(typeof seen === 'string' && { seen }) }]
    }),
  )
}

function baseOf(text: string, path: string, entry: unknown, sha256: Sha256): string {
  const line = lineOf(text, Math.max(0, text.indexOf(`[files.${quoted(path)}]`)))
  const base = isTable(entry) ? entry.base : undefined
  const hash = isTable(entry) ? entry.hash : undefined
  if (typeof base !== 'string' || typeof hash !== 'string') throw invalid(`The entry of ${path} lacks its text or its hash.`, line)
  if (hash !== `sha256:${sha256(base)}`) throw invalid(`The text of ${path} does not match its hash.`, line)
  return base
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text)
  } catch (error) {
    const line = typeof error === 'object' && error !== null && 'line' in error && typeof error.line === 'number' ? error.line + 1 : 1
    throw invalid('It is not valid TOML.', line)
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

const restore = `Restore ${lockFile} from version control (git checkout -- ${lockFile}), or remove it and run init again: existing files are then treated as yours.`

function invalid(what: string, line: number): Problem {
  return new Problem({
    code: 'lock-invalid',
    exit: exitCodes.irreconcilable,
    message: `${lockFile} cannot be used. ${what}`,
    file: lockFile,
    line,
    fix: restore,
  })
}

function conflicted(line: number): Problem {
  return new Problem({
    code: 'lock-conflict-markers',
    exit: exitCodes.irreconcilable,
    message: `${lockFile} holds the marks of an unresolved merge.`,
    file: lockFile,
    line,
    fix: `Take one side as it is (git checkout --ours ${lockFile}), resolve the generated files, and run again.`,
  })
}

function newer(version: number, tool: string): Problem {
  return new Problem({
    code: 'lock-newer',
    exit: exitCodes.irreconcilable,
    message: `${lockFile} has format ${version}, written by secure-docker ${tool}; this one reads up to ${lockVersion}.`,
    file: lockFile,
    fix: 'Use that version of secure-docker or a later one.',
  })
}
