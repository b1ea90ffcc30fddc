import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('every property is tried on as many cases as FUZZ says', () => {
  const tests = ['src', 'test'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
      .map((file) => `${root}/${file}`),
  )
  const asserting = tests.filter((file) => /\bfc\.(?:assert|check)\(/.test(readFileSync(file, 'utf8')))
  expect(asserting).toEqual(['test/laws/hostile.ts'])
})
