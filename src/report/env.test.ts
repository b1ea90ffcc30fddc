import { describe, expect, it } from 'vitest'
import { envText, type SuppliedVariable } from './env.ts'

const because = (file: string, line: number) => ({ file, line, saw: '' })
const plain = { required: false, secret: false, generated: false }
const variables: readonly SuppliedVariable[] = [
  { ...plain, name: 'DATABASE_URL', required: true, because: [because('src/db.ts', 3)], from: 'service', service: 'postgres' },
  { ...plain, name: 'JWT_SECRET', secret: true, generated: true, because: [because('src/auth.ts', 8)], from: 'secret' },
  { ...plain, name: 'LOG_LEVEL', default: 'info', because: [because('src/log.ts', 1)], from: 'default' },
  {
    ...plain,
    name: 'API_URL',
    required: true,
    because: [1, 2, 3, 4].map((n) => because('src/a/long/path/client.ts', n)),
    from: 'environment',
  },
]

describe('envText', () => {
  it('stands in columns where there is room', () => {
    expect(envText(variables, 80)).toBe(`DATABASE_URL  from the service postgres (src/db.ts:3)
JWT_SECRET    secret, made up (src/auth.ts:8)
LOG_LEVEL     default info (src/log.ts:1)
API_URL       required, handed through (src/a/long/path/client.ts:1,
              src/a/long/path/client.ts:2, src/a/long/path/client.ts:3, and 1
              more)
`)
  })

  it('wraps at 40 columns, whatever the names are', () => {
    const long = { ...plain, name: 'A_NAME_THAT_IS_LONG', default: '', because: [because('a.ts', 1)], from: 'default' } as const
    const text = envText([...variables, long], 40)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40)
    expect(text).toContain('DATABASE_URL\n  from the service postgres\n')
  })

  it('says so when there are none', () => expect(envText([], 80)).toBe('The program reads no variables.\n'))
})
