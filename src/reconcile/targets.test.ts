import { expect, test } from 'vitest'
import type { Lock } from '../model/artifact.ts'
import { decidedBefore, targetsFor } from './targets.ts'

test('files go to their usual names unless a set is written beside', () => {
  expect(targetsFor({})).toEqual({ dockerfile: 'Dockerfile', compose: 'compose.yaml' })
  expect(targetsFor({ dockerfile: 'replace', compose: 'leave' })).toEqual({ dockerfile: 'Dockerfile', compose: 'compose.yaml' })
  expect(targetsFor({ dockerfile: 'beside' })).toEqual({ dockerfile: 'Dockerfile.hardened', compose: 'compose.yaml' })
  expect(targetsFor({ compose: 'beside' })).toEqual({ dockerfile: 'Dockerfile', compose: 'compose.hardened.yaml' })
})

test('what was written beside once stays there', () => {
  const lock = (...paths: readonly string[]): Lock => ({
    tool: '1',
    facts: new Map(),
    bases: new Map(paths.map((path) => [path, ''])),
    ejected: new Set(),
    replaced: new Map(),
    presets: new Map(),
  })
  expect(decidedBefore(lock())).toEqual({})
  expect(decidedBefore(lock('Dockerfile.hardened', 'compose.yaml'))).toEqual({ dockerfile: 'beside' })
  expect(decidedBefore(lock('Dockerfile', 'Dockerfile.hardened', 'compose.hardened.yaml'))).toEqual({ compose: 'beside' })
})
