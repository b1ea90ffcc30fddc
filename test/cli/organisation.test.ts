import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('an organisation follows its preset from one release to the next, and keeps its edits', () => {
  const out = execFileSync(process.execPath, ['test/organisation/organisation.mjs', '--repositories', '6'], { encoding: 'utf8' })
  expect(out).toContain('6 of 6 follow v2.0.0, with every edit kept.')
  expect(out).toContain('preset github>acme/presets#>=1 v1.0.0 → v2.0.0')
})
