import { expect, it } from 'vitest'
import { findUndeclared } from './setuptools.ts'
import { specifier } from './versions.ts'

const because = { file: 'requirements.txt', line: 1, saw: '' }
const undeclared = (...pinned: readonly string[]) => {
  const packages = pinned.map((text) => {
    const [, name = '', exact, range] = /^([a-z-]+)(?:==([\d.]+)$|(.*))/.exec(text) ?? []
    return { name, version: exact, extras: [], clauses: range ? specifier(range) : undefined, wheels: undefined, because }
  })
  return findUndeclared({ packages, declared: new Set(packages.map(({ name }) => name)) }).undeclared
}

it.each([
  [['gunicorn==20.1.0'], true],
  [['gunicorn==21.2.0'], false],
  [['gunicorn'], false],
  [['gunicorn>=20.0,<21.0'], true],
  [['gunicorn>=20.0'], false],
  [['gunicorn~=20.1'], true],
  [['gunicorn==20.*'], true],
  [['djangorestframework-simplejwt==5.*'], false],
  [['djangorestframework-simplejwt<=5.2'], true],
  [['gunicorn==20.1.0', 'setuptools==70.0.0'], false],
  [['djangorestframework-simplejwt==5.2.2'], true],
  [['djangorestframework-simplejwt==5.3.1'], false],
  [['coreapi==2.3.3'], true],
  [['coreapi'], true],
  [['django==6.0'], false],
  [['constructor==1.0'], false],
] as const)('%j needs a setuptools that is not named: %s', (packages, needed) =>
  expect(undeclared(...packages).some((text) => text.startsWith('setuptools=='))).toBe(needed),
)

it('tells what imports it', () => {
  const { notices } = findUndeclared({
    packages: [{ name: 'gunicorn', version: '20.1.0', extras: [], clauses: undefined, wheels: undefined, because }],
    declared: new Set(['gunicorn']),
  })
  expect(notices[0]).toMatchObject({ code: 'setuptools-added', because: [because], fix: expect.stringContaining('gunicorn 21') })
})
