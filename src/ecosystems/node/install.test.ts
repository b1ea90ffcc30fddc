import { expect, it } from 'vitest'
import { detect, lockOf, treeOf } from '../../../test/detected-node.ts'
import { hasOldGyp, refuseOutside } from './install.ts'
import { parseManifest } from './manifest.ts'
import { readLock } from './read-lock.ts'

it.each([
  ['8.4.1', true],
  ['9.4.1', true],
  ['10.0.0', false],
  ['12.1.0', false],
])('node-gyp %s asks for distutils: %s', (version, expected) => {
  const texts = new Map([
    ['package-lock.json', JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/a/node_modules/node-gyp': { version } } })],
  ])
  expect(hasOldGyp(readLock({ files: new Set(texts.keys()), folders: new Set(), texts, unread: new Map() }, parseManifest('{}')), [])).toBe(
    expected,
  )
})

it('refuses a package from outside of the folder, by its line', () => {
  const manifest = (range: string) => parseManifest(`{\n  "dependencies": {\n    "shared": "${range}"\n  }\n}\n`)
  expect(() => refuseOutside(treeOf({}), manifest('file:../shared'))).toThrow('shared is taken from ../shared, outside of this folder')
  for (const range of ['file:./shared', 'file:shared', '^1.0.0', 'github:a/b'])
    expect(() => refuseOutside(treeOf({}), manifest(range))).not.toThrow()
})

it('installs what only a member of the workspace asks for', () => {
  const lock = lockOf({
    'packages/api': { dependencies: { express: '^5.0.0' } },
    'node_modules/api': { resolved: 'packages/api', link: true },
    'node_modules/express': { version: '5.0.0' },
  })
  const app = detect(
    { workspaces: ['packages/*'], scripts: { start: 'node packages/api/index.js' } },
    { 'package-lock.json': lock, 'packages/api/package.json': '{}', 'packages/api/index.js': '' },
  )
  expect([app.dependencies.production, app.manifests]).toEqual([true, ['packages/api/package.json']])
})

it('runs the install scripts of known packages where no lockfile tells of them', () => {
  const app = detect({
    dependencies: { express: '^5.0.0', 'connect-sqlite3': '^0.9.0', bcrypt: '^5.0.0' },
    devDependencies: { argon2: '1', prisma: '6' },
  })
  expect([app.scripted, app.oldGyp]).toEqual([
    [
      { name: '@prisma/engines', dev: true, compiles: false },
      { name: 'bcrypt', dev: false, compiles: true },
      { name: 'prisma', dev: true, compiles: false },
      { name: 'sqlite3', dev: false, compiles: true },
    ],
    true,
  ])
})
