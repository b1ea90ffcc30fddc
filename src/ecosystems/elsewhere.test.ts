import { expect, it } from 'vitest'
import { whereElse, whereToGo } from './elsewhere.ts'

it.each([
  [[], 'Run it in the folder that holds package.json, go.mod or manage.py.'],
  [['README.md', 'docs/package.json', 'web/test/package.json'], 'Run it in the folder that holds package.json, go.mod or manage.py.'],
  [['src/shop/go.mod'], 'There is one in src/shop: run it there.'],
  [['a/b/go.mod', 'web/package.json', 'web/manage.py'], 'There are some in web, a/b: run it in one of them.'],
  [['a', 'b', 'c', 'd', 'e', 'f'].map((f) => `${f}/go.mod`), 'There are some in a, b, c, d and 2 more: run it in one of them.'],
])('%j: %s', (files, text) => expect(whereToGo(files)).toBe(text))

it.each([
  [['package.json', 'docs/package.json'], ''],
  [
    ['package.json', 'client/package.json', 'server/package.json'],
    ' Other projects lie in client, server: where one of them is the program, run it there.',
  ],
])('%j, in a project that starts nothing: %s', (files, text) => expect(whereElse(files)).toBe(text))
