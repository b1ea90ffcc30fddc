import { expect, test } from 'vitest'
import type { Change, Outcome } from '../model/artifact.ts'
import { githubText } from './github.ts'

const pending: Outcome = { path: 'Dockerfile', set: 'dockerfile', content: '', action: 'update' }
const change: Change = { name: 'release', before: '22', after: '24', because: { file: '.nvmrc', line: 3, saw: '24' } }

test('a note on the line that changed, and on each file that is out of date', () => {
  expect(githubText([pending], [change], true)).toBe(
    '::error file=.nvmrc,line=3,title=secure-docker::release 22 → 24: .nvmrc:3\n' +
      '::error file=Dockerfile,line=1,title=secure-docker::Dockerfile is out of date. Run: npx secure-docker update\n',
  )
  expect(githubText([pending], [], false)).toMatch(/^::notice /)
  expect(githubText([], [change], false)).toBe('')
})

test('what has no place is said with the files only', () => {
  expect(githubText([pending], [{ ...change, because: undefined }], true)).not.toContain('release')
})

test('no text of a project ends a command or begins another', () => {
  const because = { file: 'a,line=9::b\n::error::x%0A', saw: '' }
  const text = githubText([pending], [{ ...change, after: '%0A::set-output::\r\nx', because }], true)
  expect(text.split('\n')).toHaveLength(3)
  expect(text).toContain('file=a%2Cline=9%3A%3Ab %3A%3Aerror%3A%3Ax%250A,line=1,')
  expect(text).toContain('→ %250A::set-output:: x')
})
