import { expect, it } from 'vitest'
import { findInstall } from './install.ts'
import { djangoFiles, problemOf, treeOf } from './tree.fixture.ts'

const from = (files: Readonly<Record<string, string | undefined>>): string => findInstall(treeOf(djangoFiles(files)), '.').installFrom

it('installs the only requirements with Django, wherever they lie', () => {
  const files = { 'requirements.txt': undefined, 'deploy/requirements.txt': 'Django==5.2.1\n' }
  expect(from({ ...files, 'docs/requirements.txt': 'Django==4.2\n', 'bot/requirements.txt': 'flask==3.1.0\n' })).toBe(
    'deploy/requirements.txt',
  )
  const several = { ...files, 'other/requirements.txt': 'Django==5.2.1\n' }
  expect(problemOf(() => from(several))).toMatchObject({ code: 'dependencies-missing' })
})
