import { expect, test } from 'vitest'
import type { Outcome } from '../model/artifact.ts'
import { outcomesText } from './human.ts'

const outcomes: readonly Outcome[] = [
  { path: 'Dockerfile', set: 'dockerfile', action: 'create', content: '' },
  { path: 'secure-docker.toml', set: 'project', action: 'same', content: '' },
]

test('what happens to files stands in columns, and one after the other where these do not fit', () => {
  expect(outcomesText(outcomes)).toBe('  Dockerfile          created\n  secure-docker.toml  same\n')
  expect(outcomesText(outcomes, 24)).toBe('  Dockerfile: created\n  secure-docker.toml: same\n')
})
