import { describe, expect, test } from 'vitest'
import { isConflicted, markerLine, mergeThree, textOf, withMarkers } from './merge.ts'

const base = 'a\nb\nc\nd\ne\nf\ng\n'
const merge = (mine: string, theirs: string) => mergeThree(mine, base, theirs)
const clean = (mine: string, theirs: string): string => {
  const pieces = merge(mine, theirs)
  expect(isConflicted(pieces)).toBe(false)
  return textOf(pieces, () => [])
}

describe('mergeThree', () => {
  test.each([
    ['lines apart', base.replace('a', 'A'), base.replace('d', 'D'), 'A\nb\nc\nD\ne\nf\ng\n'],
    ['a line between', base.replace('c\n', 'c\nmine\n'), base.replace('e\n', 'e\ntheirs\n'), 'a\nb\nc\nmine\nd\ne\ntheirs\nf\ng\n'],
    ['a line taken away', base.replace('a\n', ''), base.replace('c', 'C'), 'b\nC\nd\ne\nf\ng\n'],
    ['the same change', base.replace('d', 'X'), base.replace('d', 'X'), base.replace('d', 'X')],
    ['all of it theirs', base, '', ''],
    ['all of it mine', '', base, ''],
  ])('settles %s', (_, mine, theirs, expected) => expect(clean(mine, theirs)).toBe(expected))

  test.each([
    ['the same line', base.replace('d', 'mine'), base.replace('d', 'theirs'), ['d']],
    ['touching lines', base.replace('d', 'mine'), base.replace('e', 'theirs'), ['d', 'e']],
    ['the same place', base.replace('d\n', 'd\nmine\n'), base.replace('d\n', 'd\ntheirs\n'), []],
    ['a line that one took away', base.replace('d\n', ''), base.replace('d', 'theirs'), ['d']],
  ])('leaves %s to a person', (_, mine, theirs, changed) => {
    const pieces = merge(mine, theirs)
    expect(pieces.filter((piece) => !('lines' in piece))).toMatchObject([{ base: changed }])
    expect(textOf(pieces, (piece) => piece.mine)).toBe(mine)
    expect(textOf(pieces, (piece) => piece.theirs)).toBe(theirs)
  })

  test('takes no line for a member of an object', () => {
    expect(mergeThree('__proto__\nmine\n', '__proto__\n', 'toString\n__proto__\n')).toEqual([{ lines: ['toString', '__proto__', 'mine'] }])
  })
})

describe('marks', () => {
  const marked = withMarkers(merge(base.replace('d', 'mine'), base.replace('d', 'theirs')))

  test("are git's own", () => {
    expect(marked).toBe('a\nb\nc\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> secure-docker\ne\nf\ng\n')
  })

  test.each([
    [marked, 4],
    [marked.replace('<<<<<<< yours\n', ''), 7],
    ['a\n<<<<<<< HEAD\n', 2],
    ['a\n=======\n', undefined],
    ['echo "<<<<<<< x"\n', undefined],
    ['', undefined],
  ])('in %j are found', (text, line) => expect(markerLine(text)).toBe(line))
})
