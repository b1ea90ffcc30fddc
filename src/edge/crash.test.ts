import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { rolldown } from 'rolldown'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FileChange } from '../model/artifact.ts'
import { Problem } from '../model/problem.ts'
import { type Disk, realDisk } from './disk.ts'
import { isInterrupted, recover, undo, write } from './write.ts'

const old: Readonly<Record<string, string>> = {
  Dockerfile: 'old\n',
  '.dockerignore': 'old\r\n',
  gone: 'old\n',
  'secure-docker.lock': 'old\n',
}
const fresh: Readonly<Record<string, string>> = {
  Dockerfile: 'new\n',
  '.dockerignore': 'new\r\n',
  'deep/compose.yaml': 'new\n',
  'secure-docker.lock': 'new\n',
}
const changes: readonly FileChange[] = [
  { path: 'Dockerfile', before: 'old\n', content: 'new\n' },
  { path: '.dockerignore', before: 'old\r\n', content: 'new\n' },
  { path: 'deep/compose.yaml', content: 'new\n' },
  { path: 'gone', before: 'old\n' },
  { path: 'secure-docker.lock', before: 'old\n', content: 'new\n' },
]

/** A file system on which a sync costs nothing, where there is one. */
const quick = fs.existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

let root: string

function reset(): void {
  fs.rmSync(root, { recursive: true, force: true })
  fs.mkdirSync(root)
  for (const [path, content] of Object.entries(old)) fs.writeFileSync(join(root, path), content)
}

beforeEach(() => {
  root = fs.mkdtempSync(join(quick, 'crash-'))
  reset()
})

afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true })
})

/** Files of the repository, our state left aside, and folders of it. */
function files(): Readonly<Record<string, string>> {
  const entries = fs.readdirSync(root, { withFileTypes: true, recursive: true }).filter((e) => !e.isDirectory())
  const paths = entries.map((e) => relative(root, join(e.parentPath, e.name))).filter((path) => !path.startsWith('.secure-docker/'))
  return Object.fromEntries(paths.map((path) => [path, fs.readFileSync(join(root, path), 'utf8')]))
}

/** Our state holds nothing but what undo needs. */
function expectNoLitter(): void {
  const state = join(root, '.secure-docker/local')
  if (!fs.existsSync(state)) return
  const { id } = JSON.parse(fs.readFileSync(join(state, 'undo.json'), 'utf8')) as { id: string }
  expect(fs.readdirSync(state).sort()).toEqual(['.gitignore', id, 'undo.json'].sort())
}

function expectWhole(expected: readonly Readonly<Record<string, string>>[] = [old, fresh]): void {
  expect(expected).toContainEqual(files())
  if (!('deep/compose.yaml' in files())) expect(fs.existsSync(join(root, 'deep'))).toBe(false)
  expectNoLitter()
}

/** Stands before each call that changes the disk, and may throw instead of making it. */
type Fault = (call: number, name: keyof Disk, run: () => void, args: readonly unknown[]) => void

const none: Fault = (_, __, run) => run()

function faulty(fault: Fault): { readonly disk: Disk; readonly calls: () => number } {
  let calls = 0
  const disk = new Proxy(realDisk, {
    get(target, name: keyof Disk) {
      const real = target[name] as (...args: readonly unknown[]) => unknown
      return (...args: readonly unknown[]) => {
        let result: unknown
        const run = () => {
          result = real(...args)
        }
        fault(calls++, name, run, args)
        return result
      }
    },
  })
  return { disk, calls: () => calls }
}

class Died extends Error {}

/** Does some work in a process that dies, and lets enough time pass for a half-written process id to count as left behind. */
async function dying(work: (disk: Disk) => Promise<void>, n: number): Promise<number> {
  const { disk, calls } = faulty(diesAt(n))
  await work(disk).catch(() => {})
  const lock = join(root, '.secure-docker/local/run.pid')
  if (fs.existsSync(lock)) fs.utimesSync(lock, 0, 0)
  return calls()
}

/** The process dies at call `n`: half of a write is done, any other call not at all, and nothing afterwards. */
function diesAt(n: number): Fault {
  return (call, name, run, args) => {
    if (call < n) return run()
    if (call === n && name === 'writeFileSync') fs.writeFileSync(args[0] as number, String(args[1]).slice(0, 3))
    throw new Died()
  }
}

function failsAt(n: number, code: string): Fault {
  return (call, _, run) => {
    if (call === n) throw Object.assign(new Error(code), { code })
    run()
  }
}

/** From call `n` on nothing can be written any more, though names can still be changed. */
function fullFrom(n: number): Fault {
  return (call, name, run) => {
    if (call >= n && name === 'writeFileSync') throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    run()
  }
}

/** How many calls some work makes when nothing goes wrong. */
async function callsOf(work: (disk: Disk) => Promise<void>): Promise<number> {
  const counting = faulty(none)
  await work(counting.disk)
  return counting.calls()
}

const writeAll = (disk: Disk) => write(root, changes, disk)

test('a write makes enough calls for these tests to mean something', async () => {
  expect(await callsOf(writeAll)).toBeGreaterThan(60)
  expectWhole([fresh])
})

describe('killed at any call', { timeout: 60_000 }, () => {
  test('the next run finishes or undoes, and leaves nothing behind', async () => {
    const calls = await callsOf(writeAll)
    const seen = new Set<string>()
    for (let n = 0; n < calls; n++) {
      reset()
      await dying(writeAll, n)
      const interrupted = isInterrupted(root)
      await recover(root)
      expectWhole()
      seen.add(`${files().Dockerfile}${interrupted}`)
    }
    expect(seen).toEqual(new Set(['old\nfalse', 'old\ntrue', 'new\ntrue', 'new\nfalse']))
  })

  test('so does a next run that writes', async () => {
    const calls = await callsOf(writeAll)
    for (let n = 0; n < calls; n++) {
      reset()
      await dying(writeAll, n)
      await write(root, [{ path: 'other', content: 'x\n' }])
      expectWhole([
        { ...old, other: 'x\n' },
        { ...fresh, other: 'x\n' },
      ])
    }
  })

  test('what a person edits before the next run stays as it is', async () => {
    const calls = await callsOf(writeAll)
    for (let n = 0; n < calls; n++) {
      for (const edited of ['Dockerfile', 'secure-docker.lock', 'deep/compose.yaml', 'gone']) {
        reset()
        await dying(writeAll, n)
        fs.mkdirSync(join(root, 'deep'), { recursive: true })
        fs.writeFileSync(join(root, edited), 'mine\n')
        await recover(root)
        expect([
          { ...old, [edited]: 'mine\n' },
          { ...fresh, [edited]: 'mine\n' },
        ]).toContainEqual(files())
        expectNoLitter()
      }
    }
  })

  test('also while it recovers', async () => {
    const calls = await callsOf(writeAll)
    for (let n = 0; n < calls; n += 3) {
      for (let m = 0; ; m++) {
        reset()
        await dying(writeAll, n)
        const calls = await dying((disk) => recover(root, disk), m)
        await recover(root)
        expectWhole()
        if (calls <= m) break
      }
    }
  })

  test('also while it undoes', async () => {
    await writeAll(realDisk)
    const calls = await callsOf((disk) => undo(root, disk))
    expectWhole([old])
    for (let n = 0; n < calls; n++) {
      reset()
      await writeAll(realDisk)
      await dying((disk) => undo(root, disk), n)
      await recover(root)
      expectWhole()
    }
  })
})

describe('an error of the disk at any call', { timeout: 60_000 }, () => {
  test.each(['ENOSPC', 'EACCES', 'EIO'])('%s: all is as it was, or all is done', async (code) => {
    const calls = await callsOf(writeAll)
    for (let n = 0; n < calls; n++) {
      reset()
      const problem = await writeAll(faulty(failsAt(n, code)).disk).catch((error: unknown) => error)
      if (problem !== undefined) expect(problem).toBeInstanceOf(Problem)
      expect(files()).toEqual(problem === undefined ? fresh : old)
      // Where it is the removal of our own litter that fails, the next run does it.
      await recover(root)
      expectWhole([problem === undefined ? fresh : old])
    }
  })

  test('a disk that stays full: likewise', async () => {
    const calls = await callsOf(writeAll)
    for (let n = 0; n < calls; n++) {
      reset()
      const problem = await writeAll(faulty(fullFrom(n)).disk).catch((error: unknown) => error)
      if (problem !== undefined) expect((problem as Problem).text.code).toBe('disk-full')
      expectWhole([problem === undefined ? fresh : old])
    }
  })
})

test('kill -9 at random moments: the next run finishes or undoes', { timeout: 60_000 }, async () => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'killed-'))
  const bundle = await rolldown({ input: join(import.meta.dirname, 'write.ts'), platform: 'node' })
  await bundle.write({ file: join(folder, 'write.mjs') })
  fs.writeFileSync(
    join(folder, 'loop.mjs'),
    `import { undo, write } from './write.mjs'
    await write(${JSON.stringify(root)}, ${JSON.stringify(changes)})
    process.stdout.write('.')
    for (;;) await undo(${JSON.stringify(root)})`,
  )
  const seen = new Set<string>()
  for (let i = 0; i < 25; i++) {
    reset()
    await killedAfter(join(folder, 'loop.mjs'), Math.random() * 40)
    seen.add(`${isInterrupted(root)}`)
    await recover(root)
    expectWhole()
  }
  fs.rmSync(folder, { recursive: true })
  expect(seen).toContain('true')
})

/** Starts a script, waits until it has written once, and kills it a moment later. */
function killedAfter(script: string, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), milliseconds))
    child.once('close', () => resolve())
  })
}
