import { describe, expect, it } from 'vitest'
import { parseCgroup, parseLimits, parseMounts, parseStatus, parseTarList } from './parse.ts'

describe('/proc', () => {
  it('tells who a process is and what it may do', () => {
    const text =
      'Name:\tnode\nUid:\t10001\t10001\t10001\t10002\nGid:\t10001\t0\t10001\t10001\nGroups:\t10001 44 \nCapEff:\t00000000a80425fb\nCapBnd:\t0000000000000400\nNoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t1\n'
    expect(parseStatus(text)).toEqual({
      name: 'node',
      uids: [10001, 10001, 10001, 10002],
      gids: [10001, 0, 10001, 10001],
      groups: [10001, 44],
      capEff: '00000000a80425fb',
      capBnd: '0000000000000400',
      noNewPrivs: '1',
      seccomp: '2',
    })
  })

  it('tells what is mounted where', () => {
    expect(parseMounts('overlay / overlay ro,relatime,lowerdir=/a:/b 0 0\ntmpfs /tmp tmpfs rw,noexec 0 0\n')).toEqual([
      { path: '/', type: 'overlay', options: ['ro', 'relatime', 'lowerdir=/a:/b'] },
      { path: '/tmp', type: 'tmpfs', options: ['rw', 'noexec'] },
    ])
  })

  it('tells the control groups of both versions', () => {
    const groups = parseCgroup('9:name=systemd:/docker/a\n4:memory:/docker/a\n2:cpu,cpuacct:/docker/b\n0::/system.slice/docker-a.scope\n')
    expect([groups.get('memory'), groups.get('cpu'), groups.get('')]).toEqual(['/docker/a', '/docker/b', '/system.slice/docker-a.scope'])
  })
})

describe('limits', () => {
  const of = (files: Readonly<Record<string, string>>) => parseLimits(new Map(Object.entries(files)))

  it('of version 2', () => {
    const files = { 'memory.max': '536870912\n', 'memory.swap.max': '0\n', 'pids.max': '200\n', 'cpu.max': '150000 100000\n' }
    expect(of(files)).toEqual({ memory: 536870912, swap: 0, pids: 200, cpus: 1.5 })
  })

  it('of version 1, where swap is counted with memory', () => {
    const memory = { 'memory.limit_in_bytes': '1000\n', 'memory.memsw.limit_in_bytes': '1500\n' }
    expect(of({ ...memory, 'pids.max': '20\n', 'cpu.cfs_quota_us': '50000\n', 'cpu.cfs_period_us': '100000\n' })).toEqual({
      memory: 1000,
      swap: 500,
      pids: 20,
      cpus: 0.5,
    })
  })

  it('that are not set are absent', () => {
    expect(of({})).toEqual({})
    expect(of({ 'memory.max': 'max\n', 'memory.swap.max': 'max\n', 'pids.max': 'max\n', 'cpu.max': 'max 100000\n' })).toEqual({})
    const open = { 'memory.limit_in_bytes': '9223372036854771712\n', 'cpu.cfs_quota_us': '-1\n', 'cpu.cfs_period_us': '100000\n' }
    expect(of(open)).toEqual({})
  })
})

describe('a list of tar', () => {
  const [file, ...more] = parseTarList('-rw-r--r-- 10001/10002       12 2026-11-24 03:44 ./app/with space.js\n')

  it('gives path, mode and owner', () => {
    expect(file).toEqual({ path: 'app/with space.js', type: 'file', mode: 0o644, uid: 10001, gid: 10002 })
    expect(more).toEqual([])
  })

  it.each([
    ['drwxrwxrwt 0/0 0 2026-11-08 20:20 tmp/', { path: 'tmp', type: 'folder', mode: 0o1777 }],
    ['drwxrwxrwT 0/0 0 2026-11-08 20:20 tmp/', { path: 'tmp', type: 'folder', mode: 0o1776 }],
    ['-rwsr-xr-x 0/0 9 2026-11-08 20:20 usr/bin/su', { path: 'usr/bin/su', type: 'file', mode: 0o4755 }],
    ['-rwxr-Sr-x 0/0 9 2026-11-08 20:20 usr/bin/wall', { path: 'usr/bin/wall', type: 'file', mode: 0o2745 }],
    ['hrwxr-xr-x 0/0 0 2026-11-08 20:20 usr/bin/perl link to usr/bin/perl5', { path: 'usr/bin/perl', type: 'file', mode: 0o755 }],
    ['lrwxrwxrwx 0/0 0 2026-11-24 03:31 bin -> usr/bin', { path: 'bin', type: 'other', mode: 0o777 }],
    ['crw-rw-rw- 0/0 1,3 2026-11-24 03:31 dev/null', { path: 'dev/null', type: 'other', mode: 0o666 }],
  ])('%s', (line, expected) => {
    expect(parseTarList(line)).toEqual([{ ...expected, uid: 0, gid: 0 }])
  })
})
