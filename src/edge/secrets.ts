import { chmodSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileChange } from '../model/artifact.ts'
import type { SecretPlan } from '../model/plan.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { secretsFolder } from '../model/secrets.ts'
import { randomBytes } from './crypto.ts'
import { createSynced, isMissing, realDisk, removeFile } from './disk.ts'
import { errorCode } from './errors.ts'
import { excludes, rulesIn } from './gitignore.ts'
import { readOnDisk } from './target.ts'

/** 256 bits, in letters that mean nothing in an address or a file of settings; of a `length` in characters, as many as go into it. */
export function randomText(length?: number): string {
  return length === undefined ? randomBytes(32).toString('hex') : randomBytes(length).toString('base64url').slice(0, length)
}

/** The secrets that are there, by name. Throws a Problem when one cannot be read. */
export function readSecrets(root: string, secrets: readonly SecretPlan[]): ReadonlyMap<string, string> {
  checkFolder(root)
  return new Map(
    secrets.flatMap(({ name }) => {
      const text = textAt(join(root, secretsFolder, name), name)
      return text === undefined ? [] : [[name, text] as const]
    }),
  )
}

/** Writes secrets that are not there: readable for a container's user, in a folder that only its owner may enter. */
export function writeSecrets(root: string, files: readonly { readonly name: string; readonly text: string }[]): void {
  if (files.length === 0) return
  const folder = join(root, secretsFolder)
  checkFolder(root)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // They stay behind when the line in the repository's own .gitignore is taken back.
  if (!readdirSync(folder).includes('.gitignore')) createSynced(realDisk, join(folder, '.gitignore'), '*\n', undefined)
  for (const { name, text } of files) {
    const fresh = join(folder, '.new')
    removeFile(realDisk, fresh)
    createSynced(realDisk, fresh, text, undefined)
    chmodSync(fresh, 0o444)
    // Whole or not at all, and never over one that is there, nor through a link.
    linkSync(fresh, join(folder, name))
    removeFile(realDisk, fresh)
  }
}

/** What makes git leave the secrets out, unless it does so already. */
export function ignoringSecrets(root: string): readonly FileChange[] {
  const path = '.gitignore'
  const before = readOnDisk(root, [path]).texts.get(path)
  const text = (before ?? '').replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  if (excludes(rulesIn('', undefined, text), `${secretsFolder}/`)) return []
  const content = `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}/${secretsFolder}/\n`
  return [{ path, content, ...(before === undefined ? {} : { before }) }]
}

/** A link or a file in its place came with the repository, and would lead secrets elsewhere. */
function checkFolder(root: string): void {
  try {
    if (lstatSync(join(root, secretsFolder)).isDirectory()) return
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  throw unusable(secretsFolder, 'is no folder')
}

function textAt(path: string, name: string): string | undefined {
  try {
    if (lstatSync(path).isFile()) return readFileSync(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw unusable(`${secretsFolder}/${name}`, `cannot be read (${errorCode(error) ?? 'unknown error'})`)
  }
  throw unusable(`${secretsFolder}/${name}`, 'is no plain file')
}

function unusable(file: string, why: string): Problem {
  const fix = 'Move it out of the way, or give yourself permission to read it.'
  return new Problem({
    code: 'secret-unusable',
    exit: exitCodes.leftUnwritten,
    message: `${file} ${why}. No secret was written.`,
    file,
    fix,
  })
}
