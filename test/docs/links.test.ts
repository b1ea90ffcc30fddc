import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, it } from 'vitest'
import { pages } from './pages.ts'

it('every link of the documentation leads to a file that is there', () => {
  const all = [...pages, 'CHANGELOG.md', ...readdirSync('docs/errors').map((file) => `docs/errors/${file}`)]
  const links = all.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, to = '']) => ({ page, to })),
  )
  expect(links.length).toBeGreaterThan(20)
  expect(links.filter(({ page, to }) => !existsSync(posix.join(posix.dirname(page), to)))).toEqual([])
})
