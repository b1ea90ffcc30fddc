import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { parse as parseStrictly } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { holds } from '../../test/laws/hostile.ts'
import { problemOf } from '../../test/problem.ts'
import type { Lock } from '../model/artifact.ts'
import { formatLock } from './lock.ts'
import { parseLock } from './read-lock.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function lockOf(files: Readonly<Record<string, string>>): Lock {
  return {
    tool: '1.2.3',
    facts: new Map(),
    bases: new Map(Object.entries(files)),
    ejected: new Set(),
    replaced: new Map(),
    presets: new Map(),
  }
}

test('is TOML with a table for each file, sorted, in which the text can be read', () => {
  const text = formatLock(lockOf({ 'compose.yaml': 'name: a\n', Dockerfile: 'FROM a\nCMD ["b", ""]\n' }), sha256)
  expect(text).toBe(`# What secure-docker wrote last, so that it can tell your edits from its own lines. Commit this file; do not edit it.
lockVersion = 1
tool = "1.2.3"

[files."Dockerfile"]
hash = "sha256:${sha256('FROM a\nCMD ["b", ""]\n')}"
base = """
FROM a
CMD ["b", \\""]
"""

[files."compose.yaml"]
hash = "sha256:${sha256('name: a\n')}"
base = """
name: a
"""
`)
})

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '"',
      '"""',
      '\\',
      '\r',
      '\r\n',
      '\n',
      '\t',
      "'''",
      '\u0000',
      '\u007f',
      '\u0085',
      '\u2028',
      '\uFEFF',
      '<<<<<<<',
      '\n=======\n',
      '#',
      '[',
    ),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
    fc.string({ unit: 'binary', maxLength: 3 }).filter((s) => !/\p{Surrogate}/u.test(s)),
  ),
})

// The parser takes `toString` for a key that is there already; none of our files is called so.
const path = hostile.filter((s) => !(s in {}))

const pin = fc.record(
  { version: hostile, commit: hostile, newest: hostile, exact: fc.boolean(), digest: fc.stringMatching(/^[0-9a-f]{64}$/) },
  { requiredKeys: ['exact', 'digest'] },
)
const fact = fc.record({ value: hostile, file: hostile, seen: hostile }, { requiredKeys: ['value'] })

test('any text comes back as it was, under any path, also from a checkout with CRLF', () => {
  holds(
    fc.property(
      hostile,
      fc.dictionary(path, hostile, { maxKeys: 4 }),
      fc.dictionary(path, fact, { maxKeys: 3 }),
      path,
      fc.dictionary(path, pin, { maxKeys: 3 }),
      fc.dictionary(path, hostile, { maxKeys: 2 }),
      (tool, files, known, given, pins, before) => {
        fc.pre(!Object.hasOwn(files, given))
        const lock: Lock = {
          tool,
          facts: new Map(Object.entries(known)),
          bases: new Map(Object.entries(files)),
          ejected: new Set([given]),
          replaced: new Map(Object.entries(before)),
          presets: new Map(Object.entries(pins)),
        }
        const text = formatLock(lock, sha256)
        const back = parseLock(text, sha256)
        expect(back.tool).toBe(tool)
        expect(Object.fromEntries(back.bases)).toEqual(files)
        expect(Object.fromEntries(back.facts)).toEqual(known)
        expect(back.ejected).toEqual(lock.ejected)
        expect(Object.fromEntries(back.presets)).toEqual(pins)
        expect(Object.fromEntries(back.replaced)).toEqual(before)
        expect(parseLock(text.replaceAll('\n', '\r\n'), sha256)).toEqual(back)
        expect(formatLock(back, sha256)).toBe(text)
        expect(parseStrictly(text)).toMatchObject({ tool })
        expect(text).not.toMatch(/\r/)
      },
    ),
  )
})

test('half a surrogate pair is refused', () => {
  expect(problemOf(() => formatLock(lockOf({ a: 'x\ud800' }), sha256)).code).toBe('text-not-unicode')
  expect(problemOf(() => formatLock(lockOf({ '\udc00': '' }), sha256)).code).toBe('text-not-unicode')
})

describe('a lock that cannot be used', () => {
  const good = formatLock(lockOf({ Dockerfile: 'FROM a\n', 'compose.yaml': 'name: a\n' }), sha256)

  test.each([
    ['merge marks', good.replace('name: a', '<<<<<<< HEAD\nname: a\n=======\nname: b\n>>>>>>> other'), 'lock-conflict-markers', 14],
    ['no TOML', good.replace('hash = ', 'hash '), 'lock-invalid', 6],
    ['cut off', good.slice(0, good.indexOf('FROM')), 'lock-invalid', undefined],
    ['empty', '', 'lock-invalid', 1],
    ['another text than its hash says', good.replace('name: a', 'name: b'), 'lock-invalid', 11],
    ['no text', good.replace(/base = """\nname[\s\S]*/, ''), 'lock-invalid', 11],
    ['a file that is no table', good.replace(/\[files\."compose.yaml"\][\s\S]*/, '[files]\n"x" = 1\n'), 'lock-invalid', undefined],
    ['files that are no table', 'lockVersion = 1\ntool = "1"\nfiles = []\n', 'lock-invalid', 1],
    ['a preset without a digest', `${good}\n[presets.x]\nversion = "v1"\n`, 'lock-invalid', 1],
    ['a preset with half a digest', `${good}\n[presets.x]\ndigest = "sha256:abc"\n`, 'lock-invalid', 1],
    ['a replaced file without its text', `${good}\n[replaced.x]\nhash = "1"\n`, 'lock-invalid', 1],
    ['replaced files that are no table', `replaced = 1\n${good}`, 'lock-invalid', 1],
    ['presets that are no table', `presets = 1\n${good}`, 'lock-invalid', 1],
    ['no version', good.replace('lockVersion = 1\n', ''), 'lock-invalid', 1],
    ['no tool', good.replace('tool = "1.2.3"', ''), 'lock-invalid', 1],
  ])('%s', (_, text, code, line) => {
    expect(text).not.toBe(good)
    const problem = problemOf(() => parseLock(text, sha256))
    expect(problem).toMatchObject({ code, exit: 6, file: 'secure-docker.lock' })
    if (line !== undefined) expect(problem.line).toBe(line)
  })

  test('from a newer tool, which it names', () => {
    const problem = problemOf(() => parseLock(good.replace('lockVersion = 1', 'lockVersion = 2'), sha256))
    expect(problem).toMatchObject({ code: 'lock-newer', exit: 6 })
    expect(problem.message).toContain('1.2.3')
  })
})

test('two branches that change different files merge in git without a conflict', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'))
  const write = (name: string, files: Readonly<Record<string, string>>) => {
    writeFileSync(join(folder, name), formatLock(lockOf(files), sha256))
  }
  write('base', { Dockerfile: 'FROM a\n', 'compose.yaml': 'name: a\n' })
  write('one', { Dockerfile: 'FROM b\n', 'compose.yaml': 'name: a\n' })
  write('two', { Dockerfile: 'FROM a\n', 'compose.yaml': 'name: b\n' })
  const merged = execFileSync('git', ['merge-file', '-p', 'one', 'base', 'two'], { cwd: folder, encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  expect(parseLock(merged, sha256)).toEqual(lockOf({ Dockerfile: 'FROM b\n', 'compose.yaml': 'name: b\n' }))
})
