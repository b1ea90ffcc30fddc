import { describe, expect, test } from 'vitest'
import { answersIn, readAnswers } from './answers.ts'

const answer = (value: unknown) => ({ value, from: 'answer', because: [] })

describe('answers by name', () => {
  test('are checked and read as their option has them; a value may hold an equals sign', () => {
    expect(answersIn(['port=8080', 'start=server.js', 'description=a=b'])).toEqual({
      port: answer(8080),
      start: answer('server.js'),
      description: answer('a=b'),
    })
  })

  test.each([
    ['prot=8080', 'answers-invalid', /Did you mean port\?/],
    ['8080', 'answers-invalid', /NAME=VALUE/],
    ['port=high', 'option-invalid', /port/],
    ['constructor=1', 'answers-invalid', /Names: /],
  ])('%s is refused', (pair, code, fix) => {
    expect(() => answersIn([pair])).toThrow(
      expect.objectContaining({ text: expect.objectContaining({ code, fix: expect.stringMatching(fix) }) }),
    )
  })
})

describe('a file of answers', () => {
  test.each([['port = 8080\nstart = "server.js"\n'], ['{ "port": 8080, "start": "server.js" }']])('%j is read', (text) => {
    expect(readAnswers(text, 'answers')).toEqual({ port: answer(8080), start: answer('server.js') })
  })

  test.each([
    ['port = \n', 'answers-invalid', 1],
    ['port = 8080\nprot = 1\n', 'key-unknown', 2],
    ['{\n "port": 8080,\n "prot": 1 }', 'key-unknown', 3],
    ['{ "port": ', 'answers-invalid', undefined],
  ])('%j is refused with its line, and never shown', (text, code, line) => {
    expect(() => readAnswers(text, 'a.toml')).toThrow(
      expect.objectContaining({ text: expect.objectContaining({ code, file: 'a.toml', ...(line === undefined ? {} : { line }) }) }),
    )
  })
})
