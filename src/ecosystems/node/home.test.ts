import { expect, it } from 'vitest'
import { detect } from '../../../test/detected-node.ts'

const start = { scripts: { start: 'node index.js' } }

it('keeps what a program puts into a home', () => {
  const app = detect(start, { 'index.js': '\nconst at = join(os.homedir(), ".shop")' })
  expect(app.environment).toEqual({ HOME: '/data' })
  expect(app.writable).toMatchObject([{ path: '/data', keep: true, because: [{ file: 'index.js', line: 2 }] }])
})

it('gives no home to a program that asks for none', () => {
  const app = detect(start, { 'index.js': 'print(house.homedirection())', 'scripts/release.js': 'os.homedir()' })
  expect([app.environment, app.writable]).toEqual([{}, []])
})
