import { describe, expect, it } from 'vitest'
import { detectPython } from './detect.ts'
import { djangoFiles, treeOf } from './tree.fixture.ts'

function release(changes: Readonly<Record<string, string | undefined>>): readonly (string | undefined)[] {
  const app = detectPython(treeOf(djangoFiles(changes)))
  const because = app?.found.release?.because[0]
  return [app?.found.release?.value, because?.file, ...(app?.notices ?? []).map((n) => n.code)]
}
const requires = (text: string): string => `[project]\nrequires-python = "${text}"\n`

describe('pythonRelease', () => {
  it.each([
    [{ '.python-version': '# ours\n3.12.3\n3.13\n' }, ['3.12', '.python-version']],
    [{ '.python-version': 'cpython@3.13\n' }, ['3.13', '.python-version']],
    [{ 'runtime.txt': 'python-3.12.x\n' }, ['3.12', 'runtime.txt']],
    [{ '.tool-versions': 'nodejs 24\npython 3.13.1\n' }, ['3.13', '.tool-versions']],
    [{ Dockerfile: 'FROM python:3.13.5-slim AS x\n' }, ['3.13', 'Dockerfile']],
    [
      { 'compose/production/django/Dockerfile': 'FROM docker.io/python:3.13-slim AS x\n' },
      ['3.13', 'compose/production/django/Dockerfile'],
    ],
    [{ 'docker/Dockerfile': 'FROM python:3.13\n', 'docker/dev/Dockerfile': 'FROM python:3.12\n' }, ['3.14', 'requirements.txt']],
    [{ 'worker/Dockerfile': 'FROM python:3.13\n' }, ['3.14', 'requirements.txt']],
    [{ Dockerfile: 'FROM python:3.8\n' }, ['3.14', 'requirements.txt']],
    [{ 'pyproject.toml': requires('>=3.12') }, ['3.14', 'pyproject.toml']],
    [{ 'pyproject.toml': requires('~=3.11.0') }, ['3.11', 'pyproject.toml']],
    [{ 'requirements.txt': 'Django\ngunicorn\n' }, [undefined, undefined, 'dependencies-unpinned']],
    [
      { 'requirements.txt': 'Django==2.2.14\ngunicorn==25.1.0\n' },
      ['3.9', 'requirements.txt', 'release-end-of-life', 'django-end-of-life'],
    ],
    [
      { 'requirements.txt': 'Django==1.10.5\ngunicorn==25.1.0\n' },
      ['3.9', 'requirements.txt', 'release-end-of-life', 'django-end-of-life'],
    ],
    [{ 'requirements.txt': 'Django==6.1.1\ngunicorn==25.1.0\n' }, ['3.14', 'requirements.txt']],
    [
      { 'requirements.txt': 'Django<5.2,>=5.0\ngunicorn==25.1.0\n' },
      ['3.13', 'requirements.txt', 'dependencies-unpinned', 'django-end-of-life'],
    ],
    [{ 'requirements.txt': 'Django==5.2.8\ngunicorn==25.1.0\npillow==11.0.0\n' }, ['3.13', 'requirements.txt']],
    [{ '.python-version': '3.11\n', 'pyproject.toml': requires('>=3.12') }, ['3.11', '.python-version', 'release-conflict']],
    [{ '.python-version': '3.10\n' }, ['3.10', '.python-version', 'release-end-of-life']],
  ])('of %j', (changes, expected) => {
    expect(release(changes)).toEqual(expected)
  })
})
