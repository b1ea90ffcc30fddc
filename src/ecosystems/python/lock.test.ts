import { expect, it } from 'vitest'
import { readLock } from './lock.ts'
import { readPyproject } from './pyproject.ts'
import { problemOf, treeOf } from './tree.fixture.ts'

const project = '[project]\nname = "site"\ndependencies = ["django"]\n[project.optional-dependencies]\nprod = ["gunicorn"]\n'
const lock = `
[[package]]
name = "site"
source = { virtual = "." }
dependencies = [{ name = "django" }, { name = "psycopg", extra = ["binary"] }]
[package.optional-dependencies]
prod = [{ name = "gunicorn" }]
[package.dev-dependencies]
dev = [{ name = "pytest" }]

[[package]]
name = "django"
version = "5.2.8"
dependencies = [{ name = "asgiref" }]
wheels = [{ url = "https://files.example/packages/ab/django-5.2.8-py3-none-any.whl" }]

[[package]]
name = "asgiref"
version = "3.11.0"
dependencies = [{ name = "django" }]

[[package]]
name = "gunicorn"
version = "25.1.0"

[[package]]
name = "psycopg"
version = "3.2.9"
[package.optional-dependencies]
binary = [{ name = "psycopg-binary" }]

[[package]]
name = "psycopg-binary"
version = "3.2.9"

[[package]]
name = "pytest"
version = "9.0.0"
`

function read(text: string): ReturnType<typeof readLock> {
  const tree = treeOf({ 'pyproject.toml': project, 'uv.lock': text })
  const pyproject = readPyproject(tree, 'pyproject.toml')
  if (pyproject === undefined) throw new Error('no pyproject.toml')
  return readLock(tree, 'uv.lock', pyproject)
}

it('walks what production needs, with its extras, and nothing else', () => {
  const { packages, local, git } = read(lock)
  expect(packages.map((p) => [p.name, p.version, p.extras])).toEqual([
    ['asgiref', '3.11.0', []],
    ['django', '5.2.8', []],
    ['gunicorn', '25.1.0', []],
    ['psycopg', '3.2.9', ['binary']],
    ['psycopg-binary', '3.2.9', []],
  ])
  expect(packages[1]).toMatchObject({ wheels: ['django-5.2.8-py3-none-any.whl'], because: { file: 'uv.lock', line: 12 } })
  expect([local, git]).toEqual([[], false])
})

it('sees packages of the repository and of git', () => {
  const more = lock
    .replace('name = "asgiref"\nversion', 'name = "asgiref"\nsource = { editable = "libs/asgiref" }\nversion')
    .replace('name = "gunicorn"\nversion', 'name = "gunicorn"\nsource = { git = "https://git.example/g" }\nversion')
  expect(read(more)).toMatchObject({ local: ['libs/asgiref'], git: true })
})

it('names the line of a broken lockfile', () => {
  expect(problemOf(() => read('version = 1\n[[package]\n'))).toMatchObject({ code: 'toml-invalid', file: 'uv.lock', line: 2 })
})

it('knows what is compiled: of a package with parts in C that has no wheel for this Python', () => {
  const cffi =
    '\n[[package]]\nname = "cffi"\nversion = "2.0.0"\nwheels = [{ url = "https://files.example/cffi-2.0.0-cp314-cp314-manylinux_2_17_x86_64.whl" }]\n'
  const needs = (wheels: string): string =>
    `${lock.replace('dependencies = [{ name = "django" }]\n\n[[package]]\nname = "gunicorn"', `dependencies = [{ name = "cffi" }]\n${wheels}\n[[package]]\nname = "gunicorn"`)}${cffi}`
  const compiled = (text: string): readonly string[] => read(text).packages.flatMap((p) => (p.compiled === true ? [p.name] : []))
  expect(compiled(needs(''))).toEqual(['asgiref'])
  expect(compiled(needs('wheels = [{ url = "https://files.example/asgiref-3.11.0-py3-none-any.whl" }]\n'))).toEqual([])
  expect(compiled(lock)).toEqual([])
})
