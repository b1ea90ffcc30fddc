import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../../test/laws/hostile.ts'
import { allowsLine, compare, constraint, lineOf, numbers, type Patch, specifier } from './versions.ts'

const lines = ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14', '3.15']
function allowed(text: string, patch: Patch = 'newest'): readonly string[] {
  return lines.filter((line) => allowsLine(specifier(text) ?? [], line, patch))
}

describe('allowsLine', () => {
  it.each([
    ['>=3.13', ['3.13', '3.14', '3.15']],
    ['>=3.12,<3.15', ['3.12', '3.13', '3.14']],
    ['>=3.12.4, <3.14', ['3.12', '3.13']],
    ['==3.12.*', ['3.12']],
    ['==3.12.3', ['3.12']],
    ['===3.12.3', ['3.12']],
    ['~=3.11.0', ['3.11']],
    ['~=3.13', ['3.13', '3.14', '3.15']],
    ['>3.13,!=3.14.*', ['3.13', '3.15']],
    ['>=3.14,!=3.14.1', ['3.14', '3.15']],
    ['<=3.11', ['3.9', '3.10']],
    ['<3.11.5', ['3.9', '3.10']],
    ['', lines],
    ['==4.*', []],
  ])('of %s', (text, expected) => {
    expect(allowed(text)).toEqual(expected)
  })

  it('lets a package be an older patch of a line', () => {
    expect(allowed('<=3.11', 'any')).toEqual(['3.9', '3.10', '3.11'])
    expect(allowed('<3.11', 'any')).toEqual(['3.9', '3.10'])
  })

  it('has every line in exactly one half of a cut', () => {
    holds(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.constantFrom(...lines), (minor, line) => {
        const below = allowsLine(specifier(`<3.${minor}`) ?? [], line, 'newest')
        expect(below).not.toBe(allowsLine(specifier(`>=3.${minor}`) ?? [], line, 'newest'))
      }),
    )
  })
})

describe('specifier', () => {
  it.each(['^3.9', '3.12', '>= three', '>=3.12 <4', '=>3.1'])('refuses %s', (text) => {
    expect(specifier(text)).toBeUndefined()
  })

  it('takes any text without hanging', () => {
    holds(fc.property(fc.string({ maxLength: 2000 }), (text) => specifier(text) === undefined || Array.isArray(specifier(text))))
    expect(specifier(`==${'1.'.repeat(50_000)}`)?.length ?? 0).toBeLessThanOrEqual(1)
  })
})

it('compares numbers, not texts', () => {
  expect(compare(numbers('25.1.0'), numbers('25.1'))).toBe(0)
  expect(compare(numbers('9'), numbers('10.0'))).toBeLessThan(0)
  expect(numbers('3.12.1rc2')).toEqual([3, 12, 1])
  expect(lineOf('5.2.8')).toBe('5.2')
  expect(lineOf('five')).toBeUndefined()
})

it.each([
  ['^3.12', ['3.12', '3.13', '3.14', '3.15']],
  ['~3.12', ['3.12']],
  ['~3.12.1', ['3.12']],
  ['~3', lines],
  ['^0.1', []],
  ['3.12.*', ['3.12']],
  ['3.12', ['3.12']],
  ['*', lines],
  ['>= 3.12 <3.14', ['3.12', '3.13']],
  ['>=3.12, !=3.13.*,<3.15', ['3.12', '3.14']],
  ['~3.9 || ^3.14', ['3.9', '3.14', '3.15']],
  ['~=3.12.1|3.10.*', ['3.10', '3.12']],
])('Poetry allows lines with %s', (text, expected) => {
  const alternatives = constraint(text) ?? []
  expect(lines.filter((line) => alternatives.some((clauses) => allowsLine(clauses, line, 'newest')))).toEqual(expected)
})

it.each([
  ['^1.2.3', '>=1.2.3,<2'],
  ['^0.2.3', '>=0.2.3,<0.3'],
  ['^0.0.3', '>=0.0.3,<0.0.4'],
  ['^0.0', '>=0.0,<0.1'],
  ['~1.2.3', '>=1.2.3,<1.3'],
  ['~1', '>=1,<2'],
  ['=1.2', '==1.2'],
])('Poetry means with %s %s', (text, same) => {
  expect(constraint(text)).toEqual([specifier(same)])
})

it('tells what is no constraint', () => {
  expect(constraint('latest')).toBeUndefined()
  expect(constraint('^3.9 || x')).toBeUndefined()
})
