import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, nodeApp, secureDocker, textOf } from './run.ts'

function project(): string {
  const root = folderWith(nodeApp)
  expect(secureDocker(root, 'init', '--yes').code).toBe(0)
  return root
}

/** Runs explain on the line that begins with `start`. */
function explained(root: string, file: string, start: string, ...flags: readonly string[]) {
  const line = (textOf(root, file) ?? '').split('\n').findIndex((text) => text.startsWith(start)) + 1
  expect(line).toBeGreaterThan(0)
  return secureDocker(root, 'explain', `${file}:${line}`, ...flags)
}

function edit(root: string, file: string, from: string, to: string): void {
  const text = textOf(root, file) ?? ''
  expect(text).toContain(from)
  writeFileSync(join(root, file), text.replace(from, to))
}

describe('explain FILE:LINE', () => {
  test('says the rule, what showed the value, what happens without it, the practice and how to change it', () => {
    const { code, out, err } = explained(project(), 'Dockerfile', 'EXPOSE')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('EXPOSE 3000\nOnly the served port is exposed (expose-served-port)\n')
    expect(out).toContain('from      port 3000: server.js:1  require')
    expect(out).toMatch(/without {3}Tools and people/)
    expect(out).toMatch(/practice {2}32 only the served port is exposed \(CIS Docker Benchmark 5\.9/)
    expect(out).toMatch(/change {4}Set port in secure-docker\.toml/)
  })

  test('knows lines that moved, lines that were changed, and lines of a person', () => {
    const root = project()
    edit(root, 'compose.yaml', '    read_only: true\n', '    hostname: shop\n    read_only: true\n')
    edit(root, 'compose.yaml', 'pids_limit: 200', 'pids_limit: 500')
    expect(explained(root, 'compose.yaml', '    hostname').out).toMatch(/hostname: shop\n {2}who {7}You wrote this line\./)
    const changed = explained(root, 'compose.yaml', '    pids_limit').out
    expect(changed).toContain('You changed this line. secure-docker wrote: pids_limit: 200')
    expect(changed).toContain('(limits)')
    expect(explained(root, 'compose.yaml', '    read_only').out).toContain('(read-only-root)')
    expect(explained(root, '.dockerignore', '!server.js').out).toContain('(allow-list)')
  })

  test('says of a choice in secure-docker.toml whose it is', () => {
    const root = folderWith(nodeApp)
    expect(secureDocker(root, 'init', '--yes', '--port', '8080').code).toBe(0)
    expect(explained(root, 'secure-docker.toml', 'port').out).toContain('A choice of this repository for port')
    expect(explained(root, 'Dockerfile', 'EXPOSE').out).toContain('from      port 8080: secure-docker.toml:')
  })

  test('says what update would make of it', () => {
    const root = project()
    edit(root, 'server.js', '3000', '4000')
    expect(explained(root, 'Dockerfile', 'EXPOSE').out).toContain('secure-docker update would write: EXPOSE 4000')
  })

  test('as one JSON document', () => {
    const { out } = explained(project(), 'Dockerfile', 'USER', '--json')
    const { practices, ...rule } = JSON.parse(out).rule
    expect(JSON.parse(out)).toMatchObject({ schema: 1, file: 'Dockerfile', text: 'USER 10001:10001', author: 'tool' })
    expect(rule).toMatchObject({ id: 'arbitrary-user', options: ['user'] })
    expect(practices[0]).toMatchObject({ number: 14 })
  })

  test.each([
    ['Dockerfile:2', 'explain-no-line', 'is empty'],
    ['Dockerfile:999', 'explain-no-line', 'behind its end'],
    ['server.js:1', 'explain-not-ours', 'not written by secure-docker'],
    ['nonsense', 'explain-unknown', 'by the name of nonsense'],
    ['999', 'explain-unknown', 'by the name of 999'],
    ['__proto__', 'explain-unknown', 'by the name of __proto__'],
  ])('refuses %s', (target, problem, words) => {
    const { code, err } = secureDocker(project(), 'explain', target)
    expect(code).toBe(2)
    expect(err).toContain(`error ${problem}: `)
    expect(err).toContain(words)
  })

  test('explains nothing of a file that was ejected or is not there', () => {
    const root = project()
    expect(secureDocker(root, 'eject', 'compose.yaml').code).toBe(0)
    expect(secureDocker(root, 'explain', 'compose.yaml:1').err).toContain('was ejected: it is yours')
    rmSync(join(root, 'Dockerfile'))
    expect(secureDocker(root, 'explain', 'Dockerfile:1').err).toContain('behind its end')
  })
})

describe('explain RULE, PRACTICE, ERROR or nothing', () => {
  test('needs no project', () => {
    const root = folderWith({})
    expect(secureDocker(root, 'explain', 'no-setuid').out).toMatch(/^No setuid or setgid programs \(no-setuid\)\n/)
    expect(secureDocker(root, 'explain', '25').out).toMatch(/^Practice 25: read-only root file system\n[\s\S]*read-only-root: /)
    expect(secureDocker(root, 'explain', 'lock-missing').out).toBe(readFileSync('docs/errors/lock-missing.md', 'utf8'))
    expect(secureDocker(root, 'explain').out).toMatch(/^allow-list +Only what is copied/)
  })
})
