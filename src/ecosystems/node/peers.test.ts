import { describe, expect, it } from 'vitest'
import { parseManifest } from './manifest.ts'
import { peersOf } from './peers.ts'
import { readLock } from './read-lock.ts'

const picker = {
  version: '8.10.1',
  peerDependencies: { 'date-fns': '^3.0.0', react: '^18.0.0' },
  peerDependenciesMeta: { react: { optional: true } },
}

function peers(dates: { version: string; peer?: boolean } | undefined, manifest: object, lockfileVersion = 3): string {
  const packages = { '': {}, 'node_modules/picker': picker, ...(dates === undefined ? {} : { 'node_modules/date-fns': dates }) }
  const files = new Map([['package-lock.json', JSON.stringify({ lockfileVersion, packages })]])
  const tree = { files: new Set(files.keys()), folders: new Set<string>(), texts: files, unread: new Map<string, string>() }
  const parsed = parseManifest(JSON.stringify(manifest))
  return peersOf(readLock(tree, parsed), parsed)
}
const both = { dependencies: { picker: '^8.0.0', 'date-fns': '^4.0.0' } }

describe('peer dependencies', () => {
  it('are installed where they fit', () => {
    expect(peers({ version: '3.6.0', peer: true }, { dependencies: { picker: '^8.0.0' } })).toBe('installed')
    expect(peers({ version: '3.6.0' }, { dependencies: { picker: '^8.0.0', 'date-fns': '^3.0.0' } })).toBe('installed')
  })
  it('are left to the project where the lockfile holds none', () =>
    expect(peers(undefined, { dependencies: { picker: '^8.0.0' } })).toBe('left'))
  it('are left to the project where what it names does not fit', () => expect(peers({ version: '4.1.0' }, both)).toBe('left'))
  it('are forced where others were installed all the same', () => expect(peers({ version: '4.1.0', peer: true }, both)).toBe('forced'))
  it('fit where package.json overrides what packages ask for', () =>
    expect(peers({ version: '4.1.0' }, { ...both, overrides: { 'date-fns': '$date-fns' } })).toBe('installed'))
  it('are the business of Yarn where Yarn installs', () => {
    const files = new Map([['yarn.lock', '# yarn lockfile v1\n\n\npicker@^8.0.0:\n  version "8.10.1"\n']])
    const parsed = parseManifest(JSON.stringify({ dependencies: { picker: '^8.0.0' } }))
    const tree = { files: new Set(files.keys()), folders: new Set<string>(), texts: files, unread: new Map<string, string>() }
    expect(peersOf(readLock(tree, parsed), parsed)).toBe('installed')
  })
  it('were never installed by npm up to 6', () =>
    expect(peers({ version: '3.6.0' }, { dependencies: { picker: '^8.0.0' } }, 1)).toBe('left'))
})
