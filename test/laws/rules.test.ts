import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { rules } from '../../src/rules/index.ts'

const documented = new Set(
  [...readFileSync('docs/practices.md', 'utf8').matchAll(/^\| ([\d–, ]+) \|/gm)].flatMap(([, cell = '']) =>
    cell.split(', ').flatMap((part) => {
      const [from = 0, to = from] = part.split('–').map(Number)
      return Array.from({ length: to - from + 1 }, (_, i) => from + i)
    }),
  ),
)

it('every rule has a file, its own id, practices that are documented, and a comment of one line', () => {
  expect(Object.keys(rules).sort()).toEqual(
    readdirSync('src/rules')
      .map((file) => file.replace('.ts', ''))
      .filter((name) => name !== 'index')
      .sort(),
  )
  for (const [id, rule] of Object.entries(rules)) {
    expect(rule.id).toBe(id)
    expect(
      rule.practices.filter((n) => !documented.has(n)),
      id,
    ).toEqual([])
    if (rule.comment !== undefined) expect(rule.comment, id).toMatch(/^[A-Z][^\n]{10,110}\.$/)
  }
})

it('no comment serves two rules', () => {
  const comments = Object.values(rules).flatMap((rule) => rule.comment ?? [])
  expect(new Set(comments).size).toBe(comments.length)
})

it('every rule with a comment is cited by some snapshot', () => {
  const shown = readdirSync('snapshots')
    .flatMap((name) => ['Dockerfile', 'dotdockerignore', 'compose.yaml'].map((file) => readFileSync(`snapshots/${name}/${file}`, 'utf8')))
    .join('')
  expect(
    Object.values(rules)
      .filter(({ comment }) => comment !== undefined && !shown.includes(comment))
      .map((rule) => rule.id),
  ).toEqual([])
})
