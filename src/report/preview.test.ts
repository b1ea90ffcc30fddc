import { expect, test } from 'vitest'
import type { Outcome } from '../model/artifact.ts'
import { fileText, previewText } from './preview.ts'

const paint = { added: mark('added'), removed: mark('removed'), dim: mark('dim'), name: mark('name') }
const outcome = (of: Partial<Outcome>): Outcome => ({ path: 'Dockerfile', set: 'dockerfile', action: 'create', content: 'FROM a\n', ...of })

function mark(name: string): (text: string) => string {
  return (text) => `<${name}>${text}</${name}>`
}

test('a preview says of each file what becomes of it', () => {
  const outcomes = [
    outcome({ content: 'FROM a\nUSER 1\n' }),
    outcome({ path: '.dockerignore', action: 'same', before: 'a' }),
    outcome({ path: 'compose.yaml', action: 'merge', before: 'a\nb\n', content: 'x\n', merged: 'a\nc\nd\n' }),
    outcome({ path: 'docs/a.md' }),
    outcome({ path: 'docs/b.md', action: 'leave', reason: 'not-ours' }),
  ]
  expect(previewText(outcomes, 80)).toBe(
    `  Dockerfile     new, 2 lines
  .dockerignore  untouched
  compose.yaml   changed: 2 lines added, 1 removed; your edits stay
  docs/a.md      new, 1 line
       b.md      left (not written by secure-docker)
`,
  )
})

test('a new file is shown whole, its comments and names marked', () => {
  expect(fileText(outcome({ content: '# why\nFROM a\n' }), paint)).toContain('<dim># why</dim>\n<name>FROM</name> a\n')
  const compose = outcome({ path: 'compose.yaml', content: 'services:\n  web:\n    image: "a: b"\n    - x: 1\n' })
  expect(fileText(compose, paint)).toContain(
    '<name>services</name>:\n<name>  web</name>:\n<name>    image</name>: "a: b"\n<name>    - x</name>: 1\n',
  )
})

test('a changed file is shown as a difference', () => {
  const text = fileText(outcome({ action: 'update', before: 'FROM a\nUSER 1\n', content: 'FROM a\nUSER 2\n' }), paint)
  expect(text).toContain('-USER <removed>1</removed>\n+USER <added>2</added>\n')
})

test('what a file holds is not obeyed by the terminal', () => {
  const text = fileText(outcome({ action: 'update', before: 'a\u001b]0;title\u0007\u009b2J\n', content: 'b\u001b[2J\tc\n' }), paint)
  expect(text.replace(/[\n\t -~]/g, '')).toBe('')
  expect(text).toContain('?')
})
