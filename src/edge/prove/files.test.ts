import { describe, expect, it } from 'vitest'
import { flatten, leaks, setuid, shells, writableBy } from './files.ts'
import type { ImageFile, Process } from './reading.ts'

function file(path: string, change: Partial<ImageFile> = {}): ImageFile {
  return { path, type: 'file', mode: 0o644, uid: 0, gid: 0, ...change }
}

const paths = (layers: readonly (readonly string[])[]) =>
  flatten(layers.map((layer) => layer.map((path) => file(path)))).map((entry) => entry.path)

describe('layers laid over each other', () => {
  it('keep the last of each path', () => {
    expect(flatten([[file('a', { mode: 0o4755 })], [file('a')]])).toEqual([file('a')])
  })

  it('remove a file, and a folder with all in it', () => {
    expect(
      paths([
        ['a', 'b/c', 'b/d/e', 'bc'],
        ['.wh.a', '.wh.b'],
      ]),
    ).toEqual(['bc'])
  })

  it('empty a folder of what lower layers brought, wherever that is said', () => {
    expect(
      paths([
        ['a/old', 'b'],
        ['a/new', 'a/.wh..wh..opq'],
      ]),
    ).toEqual(['b', 'a/new'])
  })
})

describe('what a process may write', () => {
  const process: Process = { name: 'x', uids: [7, 8], gids: [9], groups: [10], capEff: '0', capBnd: '0', noNewPrivs: '1', seccomp: '2' }
  const may = (change: Partial<ImageFile>, mounted: readonly string[] = []) =>
    writableBy(process, [file('app/x', change)], mounted).length > 0

  it.each<[string, Partial<ImageFile>, boolean]>([
    ['own files', { uid: 8 }, true],
    ['own files without the right', { uid: 7, mode: 0o444 }, false],
    ['files of its group', { gid: 9, mode: 0o664 }, true],
    ['files of a group beside', { gid: 10, mode: 0o664 }, true],
    ['files that everybody may write', { mode: 0o646 }, true],
    ['files of others', { gid: 11, mode: 0o664 }, false],
    ['a link', { type: 'other', mode: 0o777 }, false],
    ['a folder with the sticky bit', { type: 'folder', mode: 0o1777 }, false],
    ['a folder without', { type: 'folder', mode: 0o777 }, true],
  ])('%s', (_, change, expected) => {
    expect(may(change)).toBe(expected)
  })

  it('does not count what is mounted over', () => {
    expect([may({ uid: 7 }, ['/app']), may({ uid: 7 }, ['/app/x']), may({ uid: 7 }, ['/ap'])]).toEqual([false, false, true])
  })
})

it('finds files with the rights of others', () => {
  expect(
    setuid([file('a', { mode: 0o4755 }), file('b', { mode: 0o2755 }), file('c'), file('d', { type: 'folder', mode: 0o2755 })]),
  ).toEqual(['/a', '/b'])
})

it('finds shells and package managers where programs lie', () => {
  const files = ['bin/busybox', 'usr/local/bin/pip3', 'app/node_modules/npm/bin/npm', 'app/bash', 'usr/bin/env'].map((path) => file(path))
  expect(shells(files)).toEqual(['/bin/busybox', '/usr/local/bin/pip3'])
})

describe('what no layer may hold', () => {
  it.each([
    ['app/.env', 'environment file'],
    ['app/.env.production', 'environment file'],
    ['app/.git', 'version control'],
    ['app/.git/config', 'version control'],
    ['app/.npmrc', 'credentials of a package registry'],
    ['root/.npm/_cacache/index-v5/aa', 'cache of a package manager'],
    ['root/.cache/pip/http/a', 'cache of a package manager'],
    ['root/.cache/go-build/00', 'cache of a package manager'],
    ['go/pkg/mod/cache/lock', 'cache of a package manager'],
  ])('%s', (path, what) => {
    expect(leaks([[file(path)], [file('.wh.app')]])).toEqual([`/${path} (${what})`])
  })

  it.each(['app/.env.example', 'app/.gitignore', 'app/src/env.js', 'app/node_modules/x/.npmrc', 'srv/site-packages/y/.env'])(
    'not %s',
    (path) => {
      expect(leaks([[file(path)]])).toEqual([])
    },
  )
})
