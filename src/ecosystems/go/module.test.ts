import { describe, expect, it } from 'vitest'
import { Problem } from '../../model/problem.ts'
import { parseModule } from './module.ts'

const parse = (text: string) => parseModule('go.mod', text)

describe('go.mod', () => {
  it('reads lines, blocks, quotes and comments', () => {
    const module = parse(
      '// a comment\nmodule "example.com/a" // ours\n\ngo 1.26.3\n\nrequire (\n\tx.org/b v1.0.0 // indirect\n\tx.org/c v1.0.0\n)\nrequire x.org/d v1.0.0\nreplace x.org/d v1.0.0 => ./d\nreplace x.org/c => x.org/fork v1.0.0\nretract ()\n',
    )
    expect(module).toMatchObject({ path: 'example.com/a', requires: 3, go: { version: '1.26.3', seen: { line: 4 } } })
    expect(module.replaced).toMatchObject([{ module: 'x.org/d', folder: './d' }])
  })

  it.each([
    ['', 1, 'no module line'],
    ['go 1.26\n', 1, 'no module line'],
    ['module a\n<<<<<<< HEAD\n', 2, 'not understood'],
    ['module a\nrequire (\nb v1\n', 2, 'never closed'],
    ['module a\n\ngo latest\n', 3, 'release that is none'],
  ])('refuses %j at line %i', (text, line, message) => {
    const refused = expect.objectContaining({ file: 'go.mod', line, exit: 1, message: expect.stringContaining(message) })
    expect(() => parse(text)).toThrow(Problem)
    try {
      parse(text)
    } catch (error) {
      expect(error).toMatchObject({ text: refused })
    }
  })
})
