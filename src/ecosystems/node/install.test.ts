import { expect, it } from 'vitest'
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
  expect(hasOldGyp(readLock({ files: new Set(texts.keys()), folders: new Set(), texts, unread: new Map() }, parseManifest('{}')))).toBe(
    expected,
  )
})

it('refuses a package from outside of the folder, by its line', () => {
  const manifest = (range: string) => parseManifest(`{\n  "dependencies": {\n    "shared": "${range}"\n  }\n}\n`)
  expect(() => refuseOutside(manifest('file:../shared'))).toThrow('shared is taken from ../shared, outside of this folder')
  for (const range of ['file:./shared', 'file:shared', '^1.0.0', 'github:a/b']) expect(() => refuseOutside(manifest(range))).not.toThrow()
})
