import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holds } from '../../test/laws/hostile.ts'
import { table, wrapped } from './table.ts'

const rows = [
  ['Node.js', '24', 'package.json:14'],
  ['description', 'Guest book that greets its visitors and more', 'package.json:4'],
] as const

describe('a table', () => {
  test('has columns where there is room, and cuts long values, never remarks', () => {
    expect(table(rows, 80)).toBe(
      '  Node.js      24                                            package.json:14\n  description  Guest book that greets its visitors and more  package.json:4\n',
    )
    expect(table(rows, 62)).toContain('...  package.json:4\n')
  })

  test('has a remark below a value that has no room beside it', () => {
    const long = ['run first', 'python manage.py load_initial_data', 'shop/base/management/commands/load_initial_data.py'] as const
    expect(table([long], 80)).toBe(
      '  run first  python manage.py load_initial_data\n             shop/base/management/commands/load_initial_data.py\n',
    )
  })

  test('has its remarks in one column, and what has no room in it below', () => {
    const rows = [
      ['port', '8000', 'a.py:1'],
      ['start', 'bakery.wsgi:application', 'bakery/settings/base.py:118'],
      ['run first', 'python manage.py load_initial_data --now', 'shop/base/management/load_initial_data.py'],
    ] as const
    expect(
      table(rows, 72)
        .split('\n')
        .map((line) => line.search(/\S+:\d+$/)),
    ).toEqual([38, 38, -1, -1, -1])
  })

  test('is a list in a narrow terminal', () => {
    expect(table(rows, 40)).toBe(
      '  Node.js: 24\n    package.json:14\n  description: Guest book that greets\n  its visitors and more\n    package.json:4\n',
    )
  })

  test('what follows a note stands below its text', () => {
    expect(wrapped('note: one two three', 12)).toEqual(['note: one', '      two', '      three'])
  })

  test('no line of it is wider than the terminal, and no word is lost', () => {
    const text = fc.stringMatching(/^[a-z]{1,50}( [a-z]{1,12}){0,6}$/)
    holds(
      fc.property(text, fc.integer({ min: 20, max: 60 }), (words, width) => {
        const lines = wrapped(words, width)
        expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''))
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
      }),
    )
  })
})
