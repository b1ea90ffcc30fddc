import { describe, expect, it } from 'vitest'
import type { Variable } from '../model/app.ts'
import { withExamples } from './examples.ts'
import { detectPython } from './python/detect.ts'
import { djangoFiles, treeOf } from './python/tree.fixture.ts'

const needed: Variable = { name: 'SITE_URL', required: true, secret: false, generated: false, because: [] }

function examples(file: string, text: string, variables: readonly Variable[] = [needed]) {
  const tree = treeOf({ ...djangoFiles(), [file]: text })
  const app = detectPython(tree)
  if (app === undefined) throw new Error('not detected')
  return withExamples({ ...app, variables }, tree).variables.map((v) => v.example)
}

it.each([
  ['TOKEN_KEY', '12345678901234567890123456789012', 32],
  ['TOKEN_KEY', '1234567890123456', 16],
  ['TOKEN_KEY', '1234567890123456\nTOKEN_KEY=12345678901234567890123456789012', undefined],
  ['TOKEN_KEY', 'a-key-of-18-letters', undefined],
  ['TOKEN_KEY', '', undefined],
  ['TOKEN_SECRET', '12345678901234567890123456789012', undefined],
])('the length of %s, which an example gives %s, is %s', (name, value, length) => {
  const tree = treeOf({ ...djangoFiles(), '.env.example': `${name}=${value}\n` })
  const app = detectPython(tree)
  if (app === undefined) throw new Error('not detected')
  const key: Variable = { name, required: false, secret: true, generated: true, because: [] }
  expect(withExamples({ ...app, variables: [key] }, tree).variables).toEqual([length === undefined ? key : { ...key, length }])
})

it.each([
  ['MAIL_KEY= # openssl rand -hex 32', true],
  ['# A long random string.\n# Keep it.\nMAIL_KEY=', true],
  ['MAIL_KEY=generate_a_new_key', true],
  ['# A random string.\n\nMAIL_KEY=', false],
  ['# A random string.\nOTHER=\nMAIL_KEY=', false],
  ['# Generate one at https://mail.example.com\nMAIL_KEY=', false],
  ['OTHER= # openssl rand -hex 32', false],
])('a secret is made up where its example says that it is: %s', (text, generated) => {
  const key: Variable = { name: 'MAIL_KEY', required: true, secret: true, generated: false, because: [] }
  const tree = treeOf({ ...djangoFiles(), '.env.example': `${text}\n` })
  const app = detectPython(tree)
  if (app === undefined) throw new Error('not detected')
  expect(withExamples({ ...app, variables: [key, { ...key, required: false }] }, tree).variables).toEqual([
    { ...key, generated },
    { ...key, required: false },
  ])
})

describe('withExamples', () => {
  it('takes what an example file gives a variable that is needed', () => {
    expect(examples('.env.example', '# url\nSITE_URL=http://localhost:8000\n')).toEqual([
      { value: 'http://localhost:8000', because: { file: '.env.example', line: 2, saw: 'SITE_URL' } },
    ])
  })

  it.each([
    ['.env', 'SITE_URL=http://localhost:8000'],
    ['.env.example', 'SITE_URL='],
    ['.env.example', 'SITE_URL=your-url'],
    ['.env.example', 'SITE_URL=<url>'],
    ['.env.example', 'SITE_URL=http://a:b@localhost'],
    ['.env.example', 'SITE_URL=postgres://localhost/shop'],
    ['.env.example', 'SITE_URL=$HOME'],
    ['.env.example', 'OTHER=1'],
  ])('takes nothing of %s with %s', (file, text) => expect(examples(file, `${text}\n`)).toEqual([undefined]))

  it.each<Partial<Variable>>([{ name: 'COLOUR', required: false }, { secret: true }, { default: 'x' }])(
    'leaves one alone that is %j',
    (given) => expect(examples('.env.example', 'SITE_URL=http://localhost\n', [{ ...needed, ...given }])).toEqual([undefined]),
  )

  it('takes the address of the program itself, needed or not', () => {
    expect(examples('.env.sample', 'SITE_URL=http://localhost:1337\n', [{ ...needed, required: false }])[0]?.value).toBe(
      'http://localhost:1337',
    )
  })

  it.each([
    ['PROXY_CACHE_DIR', undefined, '/tmp'],
    ['TMP_PATH', '', '/tmp'],
    ['CACHE_DIR', '/var/cache', undefined],
    ['CACHE_TIMEOUT', undefined, undefined],
    ['DATA_DIR', undefined, undefined],
  ])('gives the settings of Django %s where they have %s', (name, usual, expected) => {
    const because = [{ file: 'shop/settings.py', line: 1, saw: name }]
    const variable = { ...needed, name, required: false, because, ...(usual === undefined ? {} : { default: usual }) }
    expect(examples('.env.example', `${name}=./cache\n`, [variable])[0]?.value).toBe(expected)
  })

  it('never turns debugging on', () => {
    const of = (value: string) => examples('.env.example', `DEBUG=${value}\n`, [{ ...needed, name: 'DEBUG' }])[0]?.value
    expect([of('True'), of('1'), of('0')]).toEqual(['False', '0', '0'])
  })
})
