import { describe, expect, test } from 'vitest'
import type { Outcome } from '../model/artifact.ts'
import { diffText, type Paint, unifiedDiff } from './diff.ts'

const paint: Paint = { added: (text) => `{+${text}+}`, removed: (text) => `[-${text}-]`, name: (text) => text, dim: (text) => `~${text}~` }
const outcome = (rest: Pick<Outcome, 'action'> & Partial<Outcome>): Outcome => ({
  path: 'a',
  set: 'dockerfile',
  content: 'x\nnew words\n',
  before: 'x\nold words\n',
  ...rest,
})
const body = (text: string): string => text.replace(/^[^@]*@@.*@@~?\n/, '')

describe('unifiedDiff', () => {
  test('is one that patch understands, and sees no line ends', () => {
    expect(unifiedDiff('a', 'x\nold\n', 'x\nnew\n')).toBe('--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n x\n-old\n+new\n')
    expect(unifiedDiff('a', '\uFEFFx\r\n', 'x\n')).toBe('')
  })
})

describe('diffText', () => {
  test.each([
    ['update', {}, ' x\n-old words\n+new words\n'],
    ['merge', { merged: 'x\nboth\n' }, ' x\n-old words\n+both\n'],
    ['remove', {}, '-x\n-old words\n'],
    ['leave', {}, ''],
    ['keep', {}, ''],
    [
      'conflict',
      { pieces: [{ lines: ['x'] }, { mine: ['old words'], base: ['b'], theirs: ['new words'] }] },
      ' x\n+<<<<<<< yours\n old words\n+=======\n+new words\n+>>>>>>> secure-docker\n',
    ],
  ] as const)('shows what %s does', (action, rest, expected) => expect(body(diffText([outcome({ action, ...rest })]))).toBe(expected))

  test('shows a file that is not there yet as new', () => {
    const { before: _, ...fresh } = outcome({ action: 'create' })
    expect(body(diffText([fresh]))).toBe('+x\n+new words\n')
  })

  test('paints the words where one line takes the place of one other, and whole lines elsewhere', () => {
    expect(diffText([outcome({ action: 'update' })], paint)).toContain(' x\n-[-old-] words\n+{+new+} words\n')
    const two = outcome({ action: 'update', before: 'x\nb\nc\n', content: 'x\nd\n' })
    expect(diffText([two], paint)).toContain('[--b-]\n[--c-]\n{++d+}\n')
    expect(diffText([two], paint)).toMatch(/^~--- a\/a~\n~\+\+\+ b\/a~\n~@@ .* @@~\n/)
  })
})
