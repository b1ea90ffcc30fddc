import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodes, Problem } from '../../model/problem.ts'
import { errorCode } from '../errors.ts'
import { parseCgroup, parseLimits, parseMounts, parseStatus } from './parse.ts'
import type { Limits, Mount, Process } from './reading.ts'

// What the kernel says of a process of a container, seen from the machine that the engine runs on.

/** Processes that still run, by the ids that the machine knows them by. */
export async function processesOf(ids: readonly number[]): Promise<readonly Process[]> {
  const texts = await Promise.all(ids.map((id) => read(`/proc/${id}/status`)))
  return texts.flatMap((text) => (text === undefined ? [] : [parseStatus(text)]))
}

/** Throws a Problem when the process cannot be seen from here: the engine runs on another machine, or in a virtual one. */
export async function mountsOf(id: number): Promise<readonly Mount[]> {
  const text = await read(`/proc/${id}/mounts`)
  if (text !== undefined) return parseMounts(text)
  throw new Problem({
    code: 'container-out-of-sight',
    exit: exitCodes.notServed,
    message: 'The processes of the container cannot be seen from here.',
    fix: 'Run it as root on the Linux machine that Docker Engine runs on.',
  })
}

const version2 = ['memory.max', 'memory.swap.max', 'pids.max', 'cpu.max']
const version1: Readonly<Record<string, readonly string[]>> = {
  memory: ['memory.limit_in_bytes', 'memory.memsw.limit_in_bytes'],
  pids: ['pids.max'],
  cpu: ['cpu.cfs_quota_us', 'cpu.cfs_period_us'],
}

/** Limits that the kernel holds a process to, under either version of control groups. */
export async function limitsOf(id: number): Promise<Limits> {
  const groups = parseCgroup((await read(`/proc/${id}/cgroup`)) ?? '')
  const paths = [
    ...version2.map((name) => [name, join('/sys/fs/cgroup', groups.get('') ?? '', name)] as const),
    ...Object.entries(version1).flatMap(([controller, names]) =>
      names.map((name) => [name, join('/sys/fs/cgroup', controller, groups.get(controller) ?? '', name)] as const),
    ),
  ]
  const files = new Map<string, string>()
  for (const [name, path] of paths) {
    const text = await read(path)
    if (text !== undefined) files.set(name, text)
  }
  return parseLimits(files)
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined
    throw error
  }
}
