import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { structuredPatch } from 'diff'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../src/edge/crypto.ts'
import { inStyleOf } from '../../src/edge/style.ts'
import type { Artifact, Lock, Outcome, Piece, Policy } from '../../src/model/artifact.ts'
import { formatLock, noLock } from '../../src/reconcile/lock.ts'
import { isConflicted, mergeThree, textOf } from '../../src/reconcile/merge.ts'
import { parseLock } from '../../src/reconcile/read-lock.ts'
import { changesOf, nextLock, reconcile } from '../../src/reconcile/reconcile.ts'
import { canonical } from '../../src/reconcile/text.ts'
import { holds, runs } from './hostile.ts'
import { stackChange } from './stacks.ts'

const updating: Policy = { force: false, decided: {}, merge: true, markers: false, recreate: false, settled: new Map() }

type Texts = ReadonlyMap<string, string>

/** A repository with its lock, and what its last update did. */
interface State {
  readonly texts: Texts
  readonly lock: Lock
  readonly outcomes: readonly Outcome[]
  readonly writes: readonly string[]
}

/** What an update makes of a repository, the lock written and read again. */
function updated(artifacts: readonly Artifact[], texts: Texts, before: Lock, policy: Policy = updating): State {
  const outcomes = reconcile(artifacts, before, { names: new Set(texts.keys()), texts }, policy)
  const changes = changesOf(outcomes, { path: 'lock', content: '', before: '' })
  const written = changes.map(({ path, content = '' }): [string, string] => [path, inStyleOf(texts.get(path), content)])
  const lock = parseLock(formatLock(nextLock(before, outcomes, new Map(), '1'), sha256), sha256)
  return { texts: new Map([...texts, ...written]), lock, outcomes, writes: written.map(([path]) => path) }
}

interface Edit {
  readonly file: number
  readonly at: number
  readonly how: 'insert' | 'change' | 'delete'
}

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({ file: fc.nat(2), at: fc.nat(), how: fc.constantFrom('insert', 'change', 'delete') }),
  { maxLength: 8 },
)

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))
const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')
const isMine = (line: string): boolean => line.startsWith('# mine ')

/** The text as a person left it: each line of his is unlike any other. */
function edited(text: string, all: readonly Edit[], file: number): string {
  const lines = linesOf(text).map((line) => [line])
  for (const [n, { file: where, at, how }] of all.entries()) {
    const place = lines[at % lines.length]
    if (where !== file || place === undefined) continue
    if (how !== 'insert') place.pop()
    if (how !== 'delete') place.unshift(`# mine ${n}`)
  }
  return joined(lines.flat())
}

/** How many lines lie between a person's nearest edit and what comes in, by another library's differences. */
function distance(base: string, mine: string, theirs: string): number {
  const [ours, incoming] = [mine, theirs].map((text) =>
    structuredPatch('', '', base, text, '', '', { context: 0 }).hunks.map(({ oldStart, oldLines }) => {
      const start = oldLines === 0 ? oldStart : oldStart - 1
      return { start, end: start + oldLines }
    }),
  )
  const gaps = (ours ?? []).flatMap((a) => (incoming ?? []).map((b) => Math.max(a.start - b.end, b.start - a.end)))
  return Math.min(...gaps)
}

/** How often each line stands in these lines. */
function counted(lines: readonly string[]): (line: string) => number {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return (line) => counts.get(line) ?? 0
}

/** No line that one side added to the base is missing from the result. */
function expectNothingLost(side: string, base: string, kept: readonly string[]): void {
  const [had, has, is] = [linesOf(base), linesOf(side), kept].map(counted)
  const lost = linesOf(side).filter((line) => (is?.(line) ?? 0) < (has?.(line) ?? 0) - (had?.(line) ?? 0))
  expect(lost).toEqual([])
}

const keptOf = (pieces: readonly Piece[], side: 'mine' | 'theirs'): readonly string[] => linesOf(textOf(pieces, (piece) => piece[side]))

describe('an update', { timeout: 7_200_000 }, () => {
  test('keeps every line of a person, or shows it in a conflict; all else is the fresh text', () => {
    let [merged, conflicts] = [0, 0]
    holds(
      fc.property(stackChange, edits, fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '\uFEFF'), ([before, after], all, end, mark) => {
        const first = updated(before, new Map(), noLock)
        const mine = new Map(before.map(({ path }, file) => [path, edited(first.texts.get(path) ?? '', all, file)]))
        const onDisk = new Map([...mine].map(([path, text]) => [path, mark + text.replaceAll('\n', end)]))
        const second = updated(after, onDisk, first.lock)
        const conflict = second.outcomes.some((o) => o.action === 'conflict')
        for (const outcome of second.outcomes) {
          const { path, content, action, pieces } = outcome
          const [base, text] = [first.texts.get(path) ?? '', mine.get(path) ?? '']
          const result = second.texts.get(path) ?? ''
          if (conflict) expect(result).toBe(onDisk.get(path))
          if (action === 'conflict') {
            conflicts++
            expectNothingLost(text, base, keptOf(pieces ?? [], 'mine'))
            expectNothingLost(content, base, keptOf(pieces ?? [], 'theirs'))
            expect(distance(base, text, content)).toBeLessThan(3)
          }
          if (conflict) continue
          if (action === 'merge') merged++
          expect(result).toBe(mark + canonical(result).replaceAll('\n', end))
          const lines = linesOf(canonical(result))
          expect(lines.filter(isMine)).toEqual(linesOf(text).filter(isMine))
          expectFresh(lines, base, text, content)
        }
        const again = updated(after, second.texts, second.lock)
        expect(again.writes).toEqual([])
        expect(again.lock).toEqual(second.lock)
        expect(again.outcomes.map((o) => o.action === 'conflict')).toEqual(second.outcomes.map((o) => o.action === 'conflict'))
        if (conflict) expect(second.lock).toEqual(first.lock)
      }),
      2000,
    )
    expect(merged).toBeGreaterThan(runs(2000).numRuns / 20)
    expect(conflicts).toBeGreaterThan(runs(2000).numRuns / 20)
  })

  test('of an unchanged project changes nothing', () => {
    holds(
      fc.property(stackChange, edits, ([artifacts], all) => {
        const first = updated(artifacts, new Map(), noLock)
        const mine = new Map(artifacts.map(({ path }, file) => [path, edited(first.texts.get(path) ?? '', all, file)]))
        const second = updated(artifacts, mine, first.lock)
        expect(second.outcomes.map((o) => o.action)).toEqual(artifacts.map(() => 'same'))
        expect(second.writes).toEqual([])
        expect(second.lock).toEqual(first.lock)
      }),
      500,
    )
  })

  test('takes what was in conflict as soon as a person settled it', () => {
    holds(
      fc.property(stackChange, edits, ([before, after], all) => {
        const first = updated(before, new Map(), noLock)
        const mine = new Map(before.map(({ path }, file) => [path, edited(first.texts.get(path) ?? '', all, file)]))
        const { outcomes } = updated(after, mine, first.lock)
        const settled = new Map(outcomes.flatMap(({ path, pieces }) => (pieces ? [[path, textOf(pieces, (p) => p.mine)] as const] : [])))
        const second = updated(after, mine, first.lock, { ...updating, settled })
        expect(second.lock.bases).toEqual(new Map(after.map((a) => [a.path, a.content])))
        expect(updated(after, second.texts, second.lock).writes).toEqual([])
      }),
      500,
    )
  })
})

/** Without the person's lines it is the fresh text, but for lines that he took away. */
function expectFresh(lines: readonly string[], base: string, mine: string, fresh: string): void {
  const [had, has] = [linesOf(base), linesOf(mine)].map(counted)
  const ours = lines.filter((line) => !isMine(line))
  const left = [...ours]
  const missing = linesOf(fresh).filter((line) => (line === left[0] ? left.shift() === undefined : true))
  expect(left).toEqual([])
  const gone = counted(missing)
  expect(missing.filter((line) => gone(line) > (had?.(line) ?? 0) - (has?.(line) ?? 0))).toEqual([])
}

// Few different lines, so that they repeat as blank lines and the ends of blocks do.
const lines = fc.array(fc.constantFrom('', '', 'RUN a \\', '    b', 'WORKDIR /app', 'x'), { maxLength: 12 }).map(joined)

describe('a merge of texts full of repetitions', { timeout: 7_200_000 }, () => {
  test('loses nothing of either side', () => {
    holds(
      fc.property(lines, lines, lines, (mine, base, theirs) => {
        const pieces = mergeThree(mine, base, theirs)
        expectNothingLost(mine, base, keptOf(pieces, 'mine'))
        expectNothingLost(theirs, base, keptOf(pieces, 'theirs'))
        for (const piece of pieces) {
          if ('lines' in piece) continue
          expect(piece.mine).not.toEqual(piece.theirs)
          expect(piece.mine).not.toEqual(piece.base)
          expect(piece.theirs).not.toEqual(piece.base)
        }
      }),
      2000,
    )
  })

  test('takes the side that changed', () => {
    holds(
      fc.property(lines, lines, (text, base) => {
        expect(textOf(mergeThree(text, base, base), () => [])).toBe(text)
        expect(textOf(mergeThree(base, base, text), () => [])).toBe(text)
        expect(textOf(mergeThree(text, base, text), () => [])).toBe(text)
      }),
      2000,
    )
  })
})

describe('git merge-file', { timeout: 120_000 }, () => {
  test('merges no line that ours loses, on 1,000 random triples', () => {
    const folder = mkdtempSync(join(tmpdir(), 'merge-'))
    const triples = fc.sample(fc.tuple(stackChange, edits, fc.nat(2)), 1000)
    let [same, differ, conflicts] = [0, 0, 0]
    for (const [[before, after], all, file] of triples) {
      const [base, theirs] = [before[file]?.content ?? '', after[file]?.content ?? '']
      const mine = edited(base, [...all, { file, at: all.length * 7, how: 'insert' }], file)
      const pieces = mergeThree(mine, base, theirs)
      const { code, text } = byGit(folder, mine, base, theirs)
      if (isConflicted(pieces)) {
        conflicts++
        expectNothingLost(mine, base, keptOf(pieces, 'mine'))
        expectNothingLost(theirs, base, keptOf(pieces, 'theirs'))
      } else if (code === 0 && text === textOf(pieces, () => [])) same++
      else {
        differ++
        const kept = linesOf(textOf(pieces, () => []))
        expectNothingLost(mine, base, kept)
        expectFresh(kept, base, mine, theirs)
        expect(kept.filter(isMine)).toEqual(linesOf(mine).filter(isMine))
      }
    }
    rmSync(folder, { recursive: true })
    // Most are the same: a comparison in which nothing is merged would show nothing.
    expect(same).toBeGreaterThan(300)
    expect(conflicts).toBeGreaterThan(50)
    expect(differ).toBeLessThan(300)
  })
})

function byGit(folder: string, mine: string, base: string, theirs: string): { readonly code: number | null; readonly text: string } {
  const names = ['mine', 'base', 'theirs']
  for (const [i, text] of [mine, base, theirs].entries()) writeFileSync(join(folder, names[i] ?? ''), text)
  const { status, stdout } = spawnSync('git', ['merge-file', '-p', ...names], { cwd: folder, encoding: 'utf8' })
  return { code: status, text: stdout }
}
