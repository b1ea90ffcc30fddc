import { expect, it } from 'vitest'
import { membersBy } from './members.ts'

const files = [
  'package.json',
  'apps/web/package.json',
  'apps/old/package.json',
  'libs/a/b/package.json',
  'tools/package.json',
  'apps/web/src/x.js',
]
const tree = { files: new Set(files), folders: new Set<string>(), texts: new Map<string, string>(), unread: new Map<string, string>() }

it.each([
  [['apps/*'], ['apps/old', 'apps/web']],
  [['./apps/*/', '!apps/old'], ['apps/web']],
  [
    ['libs/**', 'tools'],
    ['libs/a/b', 'tools'],
  ],
  [['libs/*'], []],
  [['app./*', 'a(pps/*'], []],
  [[`${'*a'.repeat(40)}*/*`], []],
])('%j are packages', (patterns, expected) => expect(membersBy(tree, patterns)).toEqual(expected))
