import { expect, test } from 'vitest'
import type { App } from '../model/app.ts'
import type { Chosen } from '../model/options.ts'
import { findingsOf, findingsText } from './findings.ts'

const because = (file: string, line: number) => [{ file, line, saw: '' }]
const chosen: Chosen = {
  release: { value: '24', from: 'default', because: [] },
  start: { value: 'server.js', from: 'detected', because: [...because('package.json', 6), ...because('Procfile', 1)] },
  port: { value: 8080, from: 'answer', because: [] },
  health: { value: '/up', from: 'project', because: because('secure-docker.toml', 3) },
}
const app = {
  ecosystem: 'node',
  because: [{ file: 'package.json', saw: '' }],
  found: chosen,
  lockfile: 'package-lock.json',
  manager: { name: 'npm' },
  services: [{ kind: 'postgres', release: '17', optional: true, because: because('.env.example', 2), connections: [] }],
  processes: [{ name: 'worker', kind: 'worker', argv: ['node', 'worker.js'], because: because('Procfile', 2) }],
  writable: [
    { path: '/app/uploads', keep: true, held: false, because: because('app.js', 9) },
    { path: '/data', link: '/app/shop.sqlite', keep: true, held: false, because: because('db.js', 2) },
    { path: '/app/cache', keep: false, held: false, because: [] },
  ],
} as unknown as App

test('findings are told in order of weight, each with where it comes from', () => {
  expect(findingsText(app, 'Node.js', findingsOf(app, chosen, []), 80)).toBe(`Node.js project (package.json)
  Node.js       24                           assumed: no file says it
  packages      npm                          package-lock.json
  start         server.js                    package.json:6 and 1 more
  port          8080                         your answer
  health check  /up                          secure-docker.toml:3
  service       postgres 17 (optional)       .env.example:2
  worker        node worker.js               Procfile:2
  keeps data    /app/uploads                 app.js:9
  keeps data    /app/shop.sqlite (in /data)  db.js:2
`)
})

test('where a finding was seen in a file that ours replaced, that is said', () => {
  const text = (...replaced: readonly string[]) =>
    findingsText(app, 'Node.js', findingsOf(app, chosen, []), 80, new Map(replaced.map((file) => [file, ''])))
  expect(text('db.js', 'Dockerfile')).toMatch(/\n {2}\(db\.js: as it was before ours; its text is kept in secure-docker\.lock\)\n$/)
  expect(text('Dockerfile', 'b.js')).toBe(text())
})

test('a program that serves nothing has no port 0', () => {
  const [row] = findingsOf(app, { port: { value: 0, from: 'detected', because: because('package.json', 1) } }, []).filter(
    ({ key }) => key === 'port',
  )
  expect(row?.value).toBe('none: it answers no requests')
})

test('of services is told which are set up, and which are elsewhere', () => {
  const [optional] = app.services
  const required = { ...optional, kind: 'redis', optional: false } as (typeof app.services)[number]
  const services = optional === undefined ? [] : [optional, required]
  const told = (here: typeof services) =>
    findingsOf({ ...app, services }, chosen, here).flatMap(({ label, value }) => (label === 'service' ? [value] : []))
  expect(told(services)).toEqual(['postgres 17 (optional, set up)', 'redis 17'])
  expect(told([])).toEqual(['postgres 17 (optional)', 'redis 17 (elsewhere)'])
})
