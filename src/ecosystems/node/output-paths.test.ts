import { describe, expect, it } from 'vitest'
import { outputsIn } from './output-paths.ts'

describe('what settings name as made', () => {
  it.each([
    ["build: { outDir: '../static/app' }", ['../static/app']],
    ["output: { path: path.resolve(__dirname, '..', 'static') }", ['../static']],
    ["output: { path: __dirname + '/build/bundles' }", ['build/bundles']],
    ["var target = __dirname + '/build/bundles'\noutput: { path: target, filename: 'x' }", ['build/bundles']],
    [`const root = 'shop'\noutput: { path: path.resolve(\`./\${root}/static_compiled/\`) }`, ['shop/static_compiled']],
    [
      "const app = path.resolve('shop')\nconst made = path.join(app, 'static')\noutput: { path: path.resolve(made, 'web') }",
      ['shop/static/web'],
    ],
    ["const PUBLIC_PATH = path.resolve(__dirname, '../site')\noutput: { path: PUBLIC_PATH }", ['../site', '../site']],
    ['output: { path: unknown }', ['']],
    ['const a = b\nconst b = a\noutput: { path: a }', ['']],
    ["const a = path.join(a, 'x')\noutput: { path: a }", ['x/x/x/x']],
    ['output: { path: made(a) }', []],
  ])('%s', (text, paths) => expect(outputsIn(text)).toEqual(paths))

  it('is found in no time, whatever the text holds', () => {
    const start = performance.now()
    outputsIn(`path: ${'path.join('.repeat(20_000)}${"const a = 'x' ".repeat(20_000)}${'`$'.repeat(20_000)}`)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
