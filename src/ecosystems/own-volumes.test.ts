import { describe, expect, it } from 'vitest'
import { readCompose } from '../compose/read.ts'
import type { Writable } from '../model/app.ts'
import type { Tree } from '../model/tree.ts'
import { ownFolders, withOwnVolumes } from './own-volumes.ts'

const treeOf = (dockerfile: string, compose?: string): Tree => ({
  files: new Set(),
  folders: new Set(['uploads']),
  texts: new Map([['Dockerfile', `FROM node\nWORKDIR /srv/shop\n${dockerfile}\n`]]),
  unread: new Map(),
  ...(compose === undefined ? {} : { compose: [readCompose(compose, 'compose.yml')] }),
})
const kept = (tree: Tree, writable: readonly Writable[] = []) => withOwnVolumes(tree, writable).map(({ path, held }) => [path, held])
const folder = (path: string, keep: boolean): Writable => ({ path, keep, held: false, because: [] })

describe('what the own image keeps', () => {
  it.each([
    ['VOLUME /data', [['/data', false]]],
    [
      'VOLUME ["/data", "/var/lib/shop"]',
      [
        ['/data', false],
        ['/var/lib/shop', false],
      ],
    ],
    ['VOLUME uploads', [['/app/uploads', true]]],
    ['VOLUME /srv/shop/files', [['/app/files', false]]],
    ['VOLUME /data /data', [['/data', false]]],
    ['VOLUME /tmp /var/log/shop /etc/shop /srv/shop /srv/shop/node_modules /srv/shop/staticfiles $HOME/x /data/shop.db', []],
    ['VOLUME /data\nFROM node', []],
    ['', []],
  ])('%s: %j', (dockerfile, expected) => expect(kept(treeOf(dockerfile))).toEqual(expected))

  it('is where its compose file mounts named volumes', () => {
    const services = (mounts: string) => `services:\n  web:\n    build: .\n    volumes: [${mounts}]\nvolumes: { files: }\n`
    expect(kept(treeOf('', services('files:/files, ".:/srv/shop", "./a:/a"')))).toEqual([['/files', false]])
    expect(
      kept(treeOf('FROM node AS dev\nFROM node', services('files:/files').replace('build: .', 'build: { context: ., target: dev }'))),
    ).toEqual([])
    expect(kept(treeOf('', 'services:\n  db:\n    image: postgres\n    volumes: [files:/files]\nvolumes: { files: }\n'))).toEqual([])
  })

  it('goes with what the code tells', () => {
    const tree = treeOf('VOLUME /data /srv/shop/uploads')
    expect(kept(tree, [folder('/data', true)])).toEqual([
      ['/data', false],
      ['/app/uploads', true],
    ])
    expect(kept(tree, [folder('/app/uploads', false)])).toEqual([
      ['/data', false],
      ['/app/uploads', true],
    ])
    expect(withOwnVolumes(tree, [folder('/data', true)], true)).toHaveLength(1)
  })

  it('is named by its variables, where the program reads them', () => {
    const tree = treeOf(
      'ENV DATA=/data/shop OTHER=/opt PORT=80 FILES="/srv/shop/files"\nENV OLD /data\nENV UNREAD=/data\nVOLUME /data /srv/shop/files',
    )
    expect(ownFolders(tree, ['env.DATA, env.OTHER, env.PORT', 'FILES OLD NONE'])).toEqual({
      DATA: '/data/shop',
      FILES: '/app/files',
      OLD: '/data',
    })
    expect(ownFolders(treeOf('ENV DATA=/data'), ['DATA'])).toEqual({})
  })
})
