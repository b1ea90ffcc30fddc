import { expect, it } from 'vitest'
import { isNewer } from './version-notice.ts'

it.each([
  ['0.2.0', '0.1.0', true],
  ['0.1.10', '0.1.9', true],
  ['1.0.0', '0.9.9', true],
  ['0.1.0', '0.1.0', false],
  ['0.1.0', '0.2.0', false],
  ['0.9.9', '1.0.0', false],
  ['', '0.1.0', false],
  ['1.0.0-beta.1', '0.1.0', false],
  ['\u001b[31m9.9.9', '0.1.0', false],
  ['9.9.9\nmore', '0.1.0', false],
])('%j after %s: %s', (told, current, newer) => {
  expect(isNewer(told, current)).toBe(newer)
})
