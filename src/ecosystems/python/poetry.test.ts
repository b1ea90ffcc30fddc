import { describe, expect, it } from 'vitest'
import type { PythonApp } from '../../model/app.ts'
import { detectPython } from './detect.ts'
import { djangoFiles, problemOf, treeOf } from './tree.fixture.ts'

const pyproject = `[tool.poetry]
name = "Tea.Shop"
description = "Sells tea"
homepage = "https://tea.example"

[tool.poetry.dependencies]
python = "^3.11,<3.14"
Django = "~5.2"
psycopg = { version = "^3.2", extras = ["Binary"] }
uvicorn = { version = "*", optional = true }
redis = [
    { version = "^4", python = "<3.12" },
    { version = "^5", python = ">=3.12" },
]

[tool.poetry.group.celery.dependencies]
celery = "*"

[tool.poetry.group.code-quality.dependencies]
ruff = "*"

[tool.poetry.group.extra]
optional = true

[tool.poetry.group.extra.dependencies]
ipython = "*"

[tool.poetry.group.prod]
optional = true

[tool.poetry.group.prod.dependencies]
gunicorn = "25.1.0"
`
const lock = `[[package]]
name = "Django"
version = "5.2.8"
files = [{file = "django-5.2.8-py3-none-any.whl", hash = "sha256:aa"}, {file = "django-5.2.8.tar.gz", hash = "sha256:bb"}]

[package.dependencies]
asgiref = ">=3"
argon2-cffi = {version = "*", optional = true}

[[package]]
name = "asgiref"
version = "3.11.0"

[[package]]
name = "celery"
version = "5.6.0"

[[package]]
name = "gunicorn"
version = "25.1.0"

[[package]]
name = "psycopg"
version = "3.2.9"

[package.dependencies]
psycopg-binary = {version = "3.2.9", optional = true}

[package.extras]
binary = ["psycopg-binary (==3.2.9) ; implementation_name != \\"pypy\\""]

[[package]]
name = "psycopg-binary"
version = "3.2.9"

[[package]]
name = "redis"
version = "5.3.1"

[[package]]
name = "ruff"
version = "0.14.0"
`

function detect(changes: Readonly<Record<string, string | undefined>>): PythonApp {
  const app = detectPython(treeOf(djangoFiles({ 'requirements.txt': undefined, ...changes })))
  if (app === undefined) throw new Error('not recognised')
  return app
}

describe('a poetry.lock', () => {
  const app = detect({ 'pyproject.toml': pyproject, 'poetry.lock': lock })

  it('is what gets installed, without groups for development and optional ones', () => {
    expect(app).toMatchObject({
      manager: 'poetry',
      manifests: ['pyproject.toml', 'poetry.lock'],
      installFrom: 'poetry.lock',
      groups: ['celery', 'prod'],
      locked: true,
      hashed: true,
      notices: [],
    })
    // It came with an extra: it brings its own libraries.
    expect(app.packages).toEqual({ build: [], run: [] })
  })

  it('and its pyproject.toml tell the release, the server, and what the image is', () => {
    expect(app.found.release).toMatchObject({
      value: '3.13',
      because: [
        { file: 'pyproject.toml', line: 7 },
        { file: 'poetry.lock', line: 2 },
      ],
    })
    expect(app.server).toEqual({ name: 'gunicorn', add: [], arguments: ['--no-control-socket'] })
    expect(app.found).toMatchObject({
      name: { value: 'tea-shop' },
      description: { value: 'Sells tea' },
      url: { value: 'https://tea.example' },
    })
  })

  it('of an older format keeps the files beside', () => {
    const old = `${lock.replace(/^files = .*$/m, 'category = "main"')}\n[metadata.files]\nDjango = [{file = "django-5.2.8-cp311-cp311-manylinux_2_17_x86_64.whl", hash = "sha256:aa"}]\n`
    expect(detect({ 'pyproject.toml': pyproject, 'poetry.lock': old }).found.release?.value).toBe('3.11')
  })

  it('without hashes where a package comes from git, or refused where one is a folder', () => {
    const from = (source: string): string => lock.replace('version = "5.3.1"\n', `version = "5.3.1"\n[package.source]\n${source}\n`)
    const git = detect({ 'pyproject.toml': pyproject, 'poetry.lock': from('type = "git"\nurl = "https://git.example/redis"') })
    expect(git).toMatchObject({
      locked: true,
      hashed: false,
      packages: { build: expect.arrayContaining([expect.stringMatching(/^git=/)]) },
    })
    const folder = { 'pyproject.toml': pyproject, 'poetry.lock': from('type = "directory"\nurl = "libs/redis"') }
    expect(problemOf(() => detect(folder))).toMatchObject({ code: 'local-package-not-served', file: 'poetry.lock' })
  })

  it('for one patch release of Python is told of', () => {
    const exact = detect({ 'pyproject.toml': pyproject.replace('^3.11,<3.14', '3.13.5'), 'poetry.lock': lock })
    expect(exact.found.release?.value).toBe('3.13')
    expect(exact.notices).toMatchObject([{ code: 'python-patch', because: [{ file: 'pyproject.toml', line: 7 }] }])
  })

  it('serves a [project] that asks for its packages there', () => {
    const project = '[project]\nname = "shop"\nrequires-python = ">=3.12"\ndependencies = ["django (>=5.2,<6.0)", "gunicorn"]\n'
    expect(detect({ 'pyproject.toml': project, 'poetry.lock': lock })).toMatchObject({ manager: 'poetry', groups: [], server: { add: [] } })
  })
})

it('Poetry without a lockfile installs what is allowed, with a notice', () => {
  const app = detect({ 'pyproject.toml': pyproject })
  expect(app).toMatchObject({ manager: 'poetry', installFrom: 'pyproject.toml', locked: false, hashed: false })
  expect(app.notices).toMatchObject([{ code: 'lockfile-missing', fix: 'Make one and commit it: poetry lock' }])
  const local = pyproject.replace('celery = "*"', 'celery = { path = "../celery" }')
  expect(problemOf(() => detect({ 'pyproject.toml': local }))).toMatchObject({ code: 'local-package-not-served', file: 'pyproject.toml' })
})

it.each([
  ['Django==5.2.8\ngunicorn==25.1.0\n', 'pip'],
  ['Django\ngunicorn\n', 'poetry'],
  ['sphinx==8.0\n', 'poetry'],
])('beside requirements %j, %s installs', (requirements, manager) => {
  expect(detect({ 'pyproject.toml': pyproject, 'poetry.lock': lock, 'requirements.txt': requirements }).manager).toBe(manager)
})
