import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { rules } from '../../src/rules/index.ts'
import { practices } from '../../src/rules/practices.ts'

it('every rule has a file, its own id, practices that are documented, and a comment of one line', () => {
  expect(Object.keys(rules).sort()).toEqual(
    readdirSync('src/rules')
      .map((file) => file.replace('.ts', ''))
      .filter((name) => name !== 'index' && name !== 'practices')
      .sort(),
  )
  for (const [id, rule] of Object.entries(rules)) {
    expect(rule.id).toBe(id)
    expect(
      rule.practices.filter((n) => practices[n] === undefined),
      id,
    ).toEqual([])
    if (rule.comment !== undefined) expect(rule.comment, id).toMatch(/^[A-Z][^\n]{10,110}\.$/)
  }
})

it('says of each rule what happens without it, in sentences', () => {
  for (const { id, without, change } of Object.values(rules))
    for (const text of [without, change ?? without]) expect(text, id).toMatch(/^[A-Z`][^\n]{15,260}\.$/)
})

it('no text serves two rules, and none two practices', () => {
  const texts = Object.values(rules).flatMap(({ title, comment, without, change }) => [title, without, comment ?? [], change ?? []].flat())
  const titles = Object.values(practices).map(({ title }) => title)
  for (const all of [texts, titles]) expect(all.filter((text, i) => all.indexOf(text) !== i)).toEqual([])
})

it('every rule with a comment is cited by some snapshot', () => {
  const shown = readdirSync('snapshots')
    .filter((name) => name !== 'screens')
    .flatMap((name) =>
      ['Dockerfile', 'dotdockerignore', 'compose.yaml', 'compose.dev.yaml']
        .filter((file) => existsSync(`snapshots/${name}/${file}`))
        .map((file) => readFileSync(`snapshots/${name}/${file}`, 'utf8')),
    )
    .join('')
  expect(
    Object.values(rules)
      .filter(({ comment }) => comment !== undefined && !shown.includes(comment))
      .map((rule) => rule.id),
  ).toEqual([])
})
