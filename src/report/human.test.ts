import { expect, test } from 'vitest'
import type { Outcome } from '../model/artifact.ts'
import { nextCommands, outcomesText } from './human.ts'

const outcomes: readonly Outcome[] = [
  { path: 'Dockerfile', set: 'dockerfile', action: 'create', content: '' },
  { path: 'secure-docker.toml', set: 'project', action: 'same', content: '' },
]

test('what happens to files stands in columns, and one after the other where these do not fit', () => {
  expect(outcomesText(outcomes)).toBe('  Dockerfile          created\n  secure-docker.toml  same\n')
  expect(outcomesText(outcomes, 24)).toBe('  Dockerfile: created\n  secure-docker.toml: same\n')
})

test('the file for development is named among the next commands as long as it is ours', () => {
  const next = (action: Outcome['action']) =>
    nextCommands([
      { path: 'compose.yaml', set: 'compose', action: 'same', content: '' },
      { path: 'compose.dev.yaml', set: 'compose', action, content: '' },
    ])
  expect(next('create').at(-1)).toBe('docker compose --file compose.yaml --file compose.dev.yaml up --watch')
  for (const action of ['leave', 'remove', 'keep', 'deleted'] as const)
    expect(next(action)).toEqual(['docker compose build', 'docker compose up --wait'])
})
