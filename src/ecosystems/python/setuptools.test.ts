import { expect, it } from 'vitest'
import { builtWith, findUndeclared } from './setuptools.ts'
import { treeOf } from './tree.fixture.ts'
import { specifier } from './versions.ts'

const because = { file: 'requirements.txt', line: 1, saw: '' }
const plain = { hashed: false, manager: 'pip', manifests: ['requirements.txt'] } as const
const undeclared = (...pinned: readonly string[]) => {
  const packages = pinned.map((text) => {
    const [, name = '', exact, range] = /^([a-z-]+)(?:==([\d.]+)$|(.*))/.exec(text) ?? []
    return { name, version: exact, extras: [], clauses: range ? specifier(range) : undefined, wheels: undefined, because }
  })
  return findUndeclared(treeOf({}), { ...plain, packages, declared: new Set(packages.map(({ name }) => name)) }).undeclared
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

it('goes into environments of its time, but not into those of uv', () => {
  const of = (manager: 'pip' | 'uv', name: string, held = true) =>
    findUndeclared(
      treeOf({}),
      { ...plain, manager, packages: [{ name, version: '1', extras: [], clauses: [], wheels: [], because }], declared: new Set([name]) },
      held ? because : undefined,
    ).undeclared.length
  expect([of('pip', 'django'), of('pip', 'setuptools'), of('uv', 'django'), of('pip', 'django', false)]).toEqual([1, 0, 0, 0])
})

it('tells what imports it', () => {
  const { notices } = findUndeclared(treeOf({}), {
    ...plain,
    packages: [{ name: 'gunicorn', version: '20.1.0', extras: [], clauses: undefined, wheels: undefined, because }],
    declared: new Set(['gunicorn']),
  })
  expect(notices[0]).toMatchObject({ code: 'setuptools-added', because: [because], fix: expect.stringContaining('gunicorn 21') })
})

it.each([
  [['django-pipeline==4.1.0'], '', true, true],
  [['django-pipeline==4.1.0'], '', false, false],
  [['django-pipeline==4.1.0', 'setuptools==80.0.0'], '', true, false],
  [['jsonschema==4.20.0'], '', true, false],
  [['jsonschema==3.2.0'], '', true, true],
  [['gevent==25.1.1'], '# The following packages are considered to be unsafe in a requirements file:\n# pip\n# setuptools\n', true, true],
  [['gevent==25.1.1'], '# The following packages were excluded from the output:\n# setuptools\n', true, true],
  [['gevent==25.1.1'], '# The following packages were excluded from the output:\n# pip\n', true, false],
  [['gevent==25.1.1'], '# via setuptools\n', true, false],
] as const)('%j with %j, hashed: %s: setuptools is installed first: %s', (pinned, text, hashed, needed) => {
  const packages = pinned.map((each) => {
    const [name = '', version] = each.split('==')
    return { name, version, extras: [], clauses: undefined, wheels: undefined, because }
  })
  const declared = new Set(packages.map(({ name }) => name))
  const found = findUndeclared(treeOf({ 'requirements.txt': text }), { ...plain, hashed, packages, declared })
  expect(found.undeclared.length > 0).toBe(needed)
  expect(found.notices.map(({ code }) => code)).toEqual(needed ? ['setuptools-added'] : [])
})

it('holds pip back from what is newer than the project, and leaves uv alone, which takes no such variable', () => {
  const cython = { name: 'cython', version: '3.0.1', extras: [], clauses: undefined, wheels: undefined, because }
  expect(builtWith({ packages: [], manager: 'pip' })).toEqual(['setuptools<70', 'cython<3'])
  expect(builtWith({ packages: [cython], manager: 'pip' })).toEqual(['setuptools<70'])
  expect(builtWith({ packages: [], manager: 'uv' })).toBeUndefined()
})
