import { describe, expect, it } from 'vitest'
import { nameBuildsOnLinux } from './constraints.ts'
import { parseFile } from './source.ts'

const imports = (text: string) => parseFile('a.go', text).imports.map((i) => i.value)
const builds = (head: string) => parseFile('a.go', `${head}\n\npackage a\n`).builds

describe('a Go file', () => {
  it('finds imports of every form, and none in comments or texts', () => {
    const text = 'package a\n\nimport "one"\nimport x "two"\nimport (\n\t_ "three" // "no"\n\t`four`\n)\n\nvar s = `\nimport "five"\n`\n'
    expect(imports(text)).toEqual(expect.arrayContaining(['one', 'two', 'three', 'four']))
    expect(imports('package a\n/*\nimport "no"\n*/\n// import "no"\n')).toEqual([])
  })
  it('keeps offsets when it blanks comments', () => {
    const text = 'package a // x\nvar u = "http://host" /* y\n */ + \'"\' + "end"\n'
    const { code } = parseFile('a.go', text)
    expect(code).toBe('package a     \nvar u = "http://host"     \n    + \'"\' + "end"\n')
  })
  it('reads embed patterns', () => {
    const { embeds } = parseFile('a.go', 'package a\n\n//go:embed all:web "my file" x/*\nvar f embed.FS\n// go:embed no\n')
    expect(embeds.map((e) => e.value)).toEqual(['web', 'my file', 'x/*'])
  })
  it.each([
    ['//go:build ignore', false],
    ['//go:build linux && (amd64 || arm64)', true],
    ['//go:build !windows', true],
    ['//go:build !(unix || windows)', false],
    ['//go:build cgo', false],
    ['//go:build go1.21 && !race', true],
    ['// Copyright', true],
    [`//go:build ${'('.repeat(100_000)}`, false],
  ])('%.40s → %s', (head, expected) => expect(builds(head)).toBe(expected))
  it.each([
    ['main.go', true],
    ['linux.go', true],
    ['windows.go', true],
    ['a_windows.go', false],
    ['a_windows_amd64.go', false],
    ['a_linux_arm64.go', true],
    ['a_test.go', false],
    ['x/a_server.go', true],
  ])('%s → %s', (file, expected) => expect(nameBuildsOnLinux(file)).toBe(expected))

  it.each([
    '/*'.repeat(300_000),
    '"'.repeat(300_001),
    '`x'.repeat(300_001),
    "'".repeat(300_000),
    'import ('.repeat(50_000),
    `package main\nvar s = "${'\\'.repeat(300_000)}`,
  ])('is read in no time, whatever it holds', (text) => {
    const start = performance.now()
    parseFile('a.go', text)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
