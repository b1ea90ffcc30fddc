import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exitCodes } from '../../src/model/problem.ts'
import { problemCodes } from '../../src/model/problem-codes.ts'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('problem-codes.ts'))
  .map((file) => readFileSync(`src/${file}`, 'utf8'))
  .join('\n')
const page = (code: string): string => readFileSync(`docs/errors/${code}.md`, 'utf8')

describe('the page of an error', () => {
  it('is there for each code, and for nothing else', () => {
    expect([...problemCodes]).toEqual([...problemCodes].sort())
    expect(readdirSync('docs/errors').sort()).toEqual(problemCodes.map((code) => `${code}.md`))
  })

  it.each(problemCodes)('says what happened, what to do, and the exit code: %s', (code) => {
    expect(page(code)).toMatch(
      new RegExp(
        `^# ${code}\n\n[^#]{30,}\n\n## What to do\n\n[^#]{10,}\n\nExit code \\d+\\. \\[All exit codes\\]\\(\\.\\./exit-codes\\.md\\)\n$`,
      ),
    )
  })

  it('belongs to a code that is thrown', () => {
    // `start-open` is put together; the compiler holds every code that is thrown to the list.
    expect(problemCodes.filter((code) => code !== 'start-open' && !sources.includes(`'${code}'`))).toEqual([])
  })

  it('names the exit code that the source gives', () => {
    const given = [...sources.matchAll(/code: '([\w-]+)',\s+exit: (?:exitCodes\.)?(\w+),/g)].flatMap(([, code = '', exit = '']) => {
      const number = exit in exitCodes ? exitCodes[exit as keyof typeof exitCodes] : Number(exit)
      return Number.isNaN(number) || !(problemCodes as readonly string[]).includes(code) ? [] : [{ code, number }]
    })
    expect(given.length).toBeGreaterThan(problemCodes.length / 2)
    expect(given.filter(({ code, number }) => !page(code).includes(`\nExit code ${number}. `))).toEqual([])
  })
})

it('docs/exit-codes.md lists every exit code', () => {
  const listed = [...readFileSync('docs/exit-codes.md', 'utf8').matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))
  expect(listed).toEqual(Object.values(exitCodes))
})
