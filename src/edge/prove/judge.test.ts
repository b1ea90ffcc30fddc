import { describe, expect, it } from 'vitest'
import { judge, judgeProgram, judgeSide } from './judge.ts'
import type { ImageFile, Process, Reading, SideReading } from './reading.ts'

const process: Process = {
  name: 'node',
  uids: [10001, 10001, 10001, 10001],
  gids: [10001, 10001, 10001, 10001],
  groups: [10001],
  capEff: '0000000000000000',
  capBnd: '0000000000000000',
  noNewPrivs: '1',
  seccomp: '2',
}
const anybody = 2147480000
const arbitraryProcess: Process = { ...process, uids: [anybody, anybody], gids: [anybody, anybody], groups: [] }
const server: ImageFile = { path: 'app/server.js', type: 'file', mode: 0o644, uid: 0, gid: 0 }
const limits = { memory: 536870912, swap: 0, pids: 200, cpus: 1.5 }
const good: Reading = {
  question: { path: '/', status: 200, text: 'Hello' },
  wanted: { user: '10001:10001', limits },
  base: 'gcr.io/distroless/nodejs24-debian13:nonroot',
  processes: [process, { ...process, name: 'docker-init' }],
  mounts: [
    { path: '/', type: 'overlay', options: ['ro', 'relatime'] },
    { path: '/tmp', type: 'tmpfs', options: ['rw', 'noexec'] },
    { path: '/etc/hosts', type: 'ext4', options: ['ro'] },
    { path: '/data', type: 'ext4', options: ['rw'] },
  ],
  volumes: ['/data', '/tmp'],
  limits,
  health: 'healthy',
  published: ['127.0.0.1', '::1'],
  shown: [],
  layers: [[server]],
  answer: { status: 200, text: 'Hello, world' },
  arbitrary: { answer: { status: 200, text: 'Hello, world' }, health: 'starting', processes: [arbitraryProcess] },
  stop: { milliseconds: 300, exitCode: 143 },
}

function broken(change: Partial<Reading>): Readonly<Record<string, string>> {
  const failed = judge({ ...good, ...change }).filter((property) => !property.holds)
  return Object.fromEntries(failed.map(({ property, saw }) => [property, saw]))
}

function withProcess(change: Partial<Process>): Partial<Reading> {
  return { processes: [process, { ...process, ...change, name: 'worker' }] }
}

function withFile(file: Partial<ImageFile>): Partial<Reading> {
  return { layers: [[server], [{ ...server, ...file }]] }
}

describe('a hardened service', () => {
  it('has every property', () => {
    expect(broken({})).toEqual({})
    expect(judge(good)).toHaveLength(16)
  })
})

describe.each<[string, Partial<Reading>, string]>([
  ['healthy', { health: 'starting' }, 'starting'],
  ['shows no secret', { shown: ['SECRET_KEY in container inspect'] }, 'SECRET_KEY in container inspect'],
  ['answers', { answer: { status: 404, text: 'Hello' } }, 'HTTP 404: Hello'],
  ['answers', { answer: { status: 200, text: 'Welcome to nginx' } }, 'HTTP 200: Welcome to nginx'],
  ['answers', { answer: { status: 0, text: 'refused' } }, 'no answer: refused'],
  ['runs as the planned user', withProcess({ uids: [10001, 999, 10001, 10001] }), 'worker 10001:10001'],
  ['runs as the planned user', withProcess({ gids: [0, 0, 0, 0] }), 'worker 10001:0'],
  ['runs as the planned user', withProcess({ groups: [10001, 999] }), 'groups 10001 999'],
  ['no capabilities', withProcess({ capEff: '0000000000000400' }), 'worker CapEff 0000000000000400'],
  ['no capabilities', withProcess({ capBnd: '00000000a80425fb' }), 'CapBnd 00000000a80425fb'],
  ['no new privileges', withProcess({ noNewPrivs: '0' }), 'worker NoNewPrivs 0'],
  ['system calls filtered', withProcess({ seccomp: '0' }), 'worker Seccomp 0'],
  ['root file system read-only', { mounts: [{ path: '/', type: 'overlay', options: ['rw'] }] }, '/ is rw'],
  ['root file system read-only', { mounts: [] }, '/ is not mounted'],
  ['root file system read-only', { volumes: ['/tmp'] }, '/data is writable'],
  ['files writable by nobody', withFile({ uid: 10001 }), '1 writable: /app/server.js'],
  ['files writable by nobody', withFile({ gid: 10001, mode: 0o664 }), '/app/server.js'],
  ['files writable by nobody', withFile({ mode: 0o666 }), '/app/server.js'],
  ['files writable by nobody', withFile({ path: 'app/cache', type: 'folder', mode: 0o777 }), '/app/cache'],
  ['limits set', { limits: { ...limits, swap: 536870912 } }, 'swap 536870912'],
  ['limits set', { limits: { memory: 536870912, swap: 0, pids: 200 } }, 'cpus open'],
  ['limits set', { limits: {}, wanted: { user: '10001:10001', limits: {} } }, 'memory open'],
  ['published on loopback only', { published: ['127.0.0.1', '0.0.0.0'] }, '127.0.0.1 0.0.0.0'],
  ['published on loopback only', { published: [] }, 'no published port'],
  ['no setuid files', withFile({ path: 'usr/bin/su', mode: 0o4755 }), '1 setuid: /usr/bin/su'],
  ['no shell and no package manager', withFile({ path: 'usr/bin/sh', type: 'other' }), '1 present: /usr/bin/sh'],
  ['no shell and no package manager', withFile({ path: 'usr/local/bin/npm' }), '/usr/local/bin/npm'],
  ['layers hold no secrets and no caches', withFile({ path: 'app/.env' }), '1 in a layer: /app/.env (environment file)'],
  ['serves under an arbitrary user', { arbitrary: { ...good.arbitrary, answer: { status: 500, text: '' } } }, 'HTTP 500'],
  ['serves under an arbitrary user', { arbitrary: { ...good.arbitrary, processes: [process] } }, 'as node 10001:10001'],
  ['serves under an arbitrary user', { arbitrary: { ...good.arbitrary, ended: 'ended with exit code 1: EACCES' } }, 'exit code 1: EACCES'],
  ['stops when asked', { stop: { milliseconds: 2300, exitCode: 143 } }, '2300 ms'],
  ['stops when asked', { stop: { milliseconds: 900, exitCode: 137 } }, 'exit code 137'],
])('%s', (property, change, saw) => {
  it(`fails on: ${saw}`, () => {
    expect(broken(change)).toEqual({ [property]: expect.stringContaining(saw) })
  })
})

describe('what is asked', () => {
  it('has no empty list of processes hold', () => {
    const properties = ['runs as the planned user', 'no capabilities', 'no new privileges', 'system calls filtered']
    expect(broken({ processes: [] })).toEqual(Object.fromEntries(properties.map((property) => [property, 'no process'])))
  })

  it('is any answer below 500 where the question names none', () => {
    expect(broken({ question: { path: '/' }, answer: { status: 404, text: '' } })).toEqual({})
    expect(Object.keys(broken({ question: { path: '/' }, answer: { status: 502, text: '' } }))).toEqual(['answers'])
  })

  it('is health, of a service without a port', () => {
    const { question: _, answer: __, ...worker } = { ...good, published: [] }
    const failed = (arbitraryHealth: string, published: readonly string[] = []) =>
      judge({ ...worker, published, arbitrary: { health: arbitraryHealth, processes: [arbitraryProcess] } }).filter((p) => !p.holds)
    expect(failed('healthy')).toEqual([])
    expect(failed('unhealthy').map((p) => p.property)).toEqual(['serves under an arbitrary user'])
    expect(failed('healthy', ['0.0.0.0']).map((p) => p.property)).toEqual(['published on loopback only'])
  })

  it('is no shell only of a distroless base', () => {
    expect(broken({ ...withFile({ path: 'usr/bin/sh' }), base: 'python:3.14-slim-trixie' })).toEqual({})
  })
})

describe('a service beside the program', () => {
  const side: SideReading = { ...good, published: [], reached: { program: true, stranger: false } }
  const soft = (change: Partial<SideReading>): readonly string[] =>
    judgeSide({ ...side, ...change }).flatMap(({ property, holds }) => (holds ? [] : [property]))

  it('has every property', () => {
    expect(soft({})).toEqual([])
  })

  it.each<[Partial<SideReading>, string]>([
    [{ published: ['127.0.0.1'] }, 'published nowhere'],
    [{ reached: { program: true, stranger: true } }, 'reached by its program, and by nobody else'],
    [{ reached: { program: false, stranger: false } }, 'reached by its program, and by nobody else'],
    [{ processes: [{ ...process, uids: [0, 0, 0, 0] }] }, 'runs as the planned user'],
    [{ shown: ['a in logs'] }, 'shows no secret'],
  ])('is told when it has not: %j', (change, property) => {
    expect(soft(change)).toEqual([property])
  })
})

it('a further program of the image is judged alike, and is published nowhere', () => {
  const soft = (change: Partial<Reading>) =>
    judgeProgram({ ...good, published: [], ...change }).flatMap((p) => (p.holds ? [] : [p.property]))
  expect(soft({})).toEqual([])
  expect(soft({ published: ['127.0.0.1'], limits: {}, processes: [] })).toEqual([
    'runs as the planned user',
    'no capabilities',
    'no new privileges',
    'system calls filtered',
    'limits set',
    'published nowhere',
  ])
})
