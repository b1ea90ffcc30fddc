import { expect, it } from 'vitest'
import { detect } from '../../../test/detected-node.ts'

it.each([
  ["const envFound = dotenv.config();\nif (envFound.error) {\n  // Ends.\n  throw new Error('none');\n}", true],
  ["const found = require('dotenv').config({ path: '.env' })\nif (!found.parsed) process.exit(1)", true],
  ["const { error, parsed } = dotenv.config();\nif (error) {\n  console.error('none');\n  process.exit(1);\n}", true],
  ["const found = dotenv.config();\nif (found.error) console.warn('none');\nstart();", false],
  ['dotenv.config();', false],
])('%j ends without a file: %s', (code, expected) => {
  const app = detect(
    { dependencies: { dotenv: '16.4.5', express: '5.1.0' } },
    { 'index.js': `const dotenv = require('dotenv');\n${code}\n` },
  )
  expect([app.wantsFile, app.notices.some((notice) => notice.code === 'node-variables-file')]).toEqual([expected || undefined, expected])
})
