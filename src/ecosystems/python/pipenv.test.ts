import { expect, it } from 'vitest'
import type { PythonApp } from '../../model/app.ts'
import { detectPython } from './detect.ts'
import { djangoFiles, problemOf, treeOf } from './tree.fixture.ts'

const pipfile = `[packages]
django = "~=5.2.0"
gunicorn = {version = "25.1.0", extras = ["gevent"]}
psycopg2 = "*"

[dev-packages]
ruff = "*"

[requires]
python_version = "3.12.4"
`
const entries = {
  django: { hashes: ['sha256:aa'], index: 'pypi', markers: "python_version >= '3.10'", version: '==5.2.8' },
  gunicorn: { extras: ['gevent'], hashes: ['sha256:bb'], version: '==25.1.0' },
  psycopg2: { hashes: ['sha256:cc'], version: '==2.9.11' },
}

function lock(packages: object): string {
  return JSON.stringify({ _meta: { 'pipfile-spec': 6 }, default: packages, develop: { ruff: { version: '==0.14.0' } } }, undefined, 4)
}

function detect(changes: Readonly<Record<string, string | undefined>>): PythonApp {
  const app = detectPython(treeOf(djangoFiles({ 'requirements.txt': undefined, ...changes })))
  if (app === undefined) throw new Error('not recognised')
  return app
}

it('installs the default packages of a Pipfile.lock', () => {
  const app = detect({ Pipfile: pipfile, 'Pipfile.lock': lock(entries) })
  expect(app).toMatchObject({
    manager: 'pipenv',
    manifests: ['Pipfile', 'Pipfile.lock'],
    installFrom: 'Pipfile.lock',
    locked: true,
    hashed: true,
    server: { name: 'gunicorn', add: [], arguments: ['--no-control-socket'] },
    notices: [],
  })
  expect(app.found.release).toMatchObject({ value: '3.12', because: [{ file: 'Pipfile', line: 10 }] })
  expect(app.packages.run).toEqual([expect.stringMatching(/^libpq5=/)])
})

it('goes on with another release than a Pipfile of old asks for, as Pipenv does', () => {
  const app = detect({ Pipfile: pipfile.replace('3.12.4', '3.6'), 'Pipfile.lock': lock(entries) })
  expect(app.found.release).toMatchObject({ value: '3.14', because: [{ file: 'Pipfile.lock', line: 6 }] })
})

it('installs a Pipfile without a lockfile, with a notice', () => {
  const app = detect({ Pipfile: pipfile })
  expect(app).toMatchObject({ manager: 'pipenv', installFrom: 'Pipfile', locked: false, hashed: false })
  expect(app.notices).toMatchObject([{ code: 'lockfile-missing', fix: 'Make one and commit it: pipenv lock' }])
})

it('has git where a package comes from there, and refuses folders', () => {
  const git = lock({ ...entries, shared: { git: 'https://git.example/shared', ref: 'abc' } })
  expect(detect({ Pipfile: pipfile, 'Pipfile.lock': git }).packages.build).toContainEqual(expect.stringMatching(/^git=/))
  const folder = { Pipfile: pipfile.replace('psycopg2 = "*"', 'site = {path = ".", editable = true}') }
  expect(problemOf(() => detect(folder))).toMatchObject({ code: 'local-package-not-served', file: 'Pipfile' })
})

it.each(['{', '[]', '{"default": 1}'])('says that %s is no lockfile', (text) => {
  expect(problemOf(() => detect({ Pipfile: pipfile, 'Pipfile.lock': text }))).toMatchObject({
    code: 'lockfile-invalid',
    file: 'Pipfile.lock',
  })
})
