import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FileChange } from '../model/artifact.ts'
import { Problem } from '../model/problem.ts'
import { readOnDisk } from './target.ts'
import { isInterrupted, recover, undo, write } from './write.ts'

let outer: string
let root: string

beforeEach(() => {
  outer = fs.mkdtempSync(join(tmpdir(), 'write-'))
  root = join(outer, 'project')
  fs.mkdirSync(root)
})

afterEach(() => {
  fs.rmSync(outer, { recursive: true, force: true })
})

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(root, path)), { recursive: true })
    fs.writeFileSync(join(root, path), content)
  }
}

/** Everything in the repository but our own state. */
function files(folder = root): Readonly<Record<string, string>> {
  const entries = fs.readdirSync(folder, { withFileTypes: true, recursive: true }).filter((e) => !e.isDirectory())
  const paths = entries.map((e) => relative(folder, join(e.parentPath, e.name))).filter((path) => !path.startsWith('.secure-docker/'))
  return Object.fromEntries(paths.sort().map((path) => [path, fs.readFileSync(join(folder, path), 'utf8')]))
}

function state(): readonly string[] {
  return fs
    .readdirSync(join(root, '.secure-docker/local'))
    .map((name) => name.replace(/^[0-9a-f]{16}$/, 'ID'))
    .sort()
}

/** Changes as a command makes them: decided on what is there. */
function changes(contents: Readonly<Record<string, string>>): readonly FileChange[] {
  const { texts } = readOnDisk(root, Object.keys(contents))
  return Object.entries(contents).map(([path, content]) => {
    const before = texts.get(path)
    return { path, content, ...(before !== undefined && { before }) }
  })
}

async function problemOf(work: Promise<unknown>): Promise<Problem['text']> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (error instanceof Problem) return error.text
  throw error ?? new Error('no Problem was thrown')
}

describe('writing', () => {
  test('creates, replaces and removes; leaves nothing but what undo needs', async () => {
    put({ Dockerfile: 'old\n', gone: 'x\n' })
    await write(root, [...changes({ Dockerfile: 'new\n', 'deep/er/file': 'made\n' }), { path: 'gone', before: 'x\n' }])
    expect(files()).toEqual({ Dockerfile: 'new\n', 'deep/er/file': 'made\n' })
    expect(state()).toEqual(['.gitignore', 'ID', 'undo.json'])
    expect(fs.readFileSync(join(root, '.secure-docker/local/.gitignore'), 'utf8')).toBe('*\n')
  })

  test('without a change touches nothing', async () => {
    put({ Dockerfile: 'old\n' })
    await write(root, [])
    await write(root, changes({ Dockerfile: 'old\n' }))
    await recover(root)
    expect(fs.readdirSync(root)).toEqual(['Dockerfile'])
  })

  test('keeps mode, line ends, final newline and byte order mark', async () => {
    put({ crlf: '\uFEFFa\r\nb\r\n', bare: 'a\nb', lf: 'a\nb\r\nc\n' })
    fs.chmodSync(join(root, 'crlf'), 0o640)
    fs.chmodSync(join(root, 'bare'), 0o400)
    await write(root, changes({ crlf: 'x\ny\n', bare: 'x\ny\n', lf: 'x\n' }))
    expect(files()).toEqual({ crlf: '\uFEFFx\r\ny\r\n', bare: 'x\ny', lf: 'x\n' })
    expect(fs.statSync(join(root, 'crlf')).mode & 0o777).toBe(0o640)
    expect(fs.statSync(join(root, 'bare')).mode & 0o777).toBe(0o400)
  })

  test.runIf(process.getuid?.() === 0)('keeps the owner', async () => {
    put({ Dockerfile: 'old\n' })
    fs.chownSync(join(root, 'Dockerfile'), 1234, 4321)
    await write(root, changes({ Dockerfile: 'new\n' }))
    expect(fs.statSync(join(root, 'Dockerfile'))).toMatchObject({ uid: 1234, gid: 4321 })
  })

  test('writes through a link to the file inside that it stands for', async () => {
    put({ 'docker/real': 'old\n' })
    fs.symlinkSync('docker/real', join(root, 'Dockerfile'))
    await write(root, changes({ Dockerfile: 'new\n' }))
    expect(fs.lstatSync(join(root, 'Dockerfile')).isSymbolicLink()).toBe(true)
    expect(files()).toEqual({ Dockerfile: 'new\n', 'docker/real': 'new\n' })
  })
})

describe('refuses, with nothing changed,', () => {
  const outside = 'untouched'

  async function refusal(path: string, prepare: () => void): Promise<string> {
    fs.mkdirSync(join(outer, 'out'))
    fs.writeFileSync(join(outer, 'out/file'), outside)
    put({ first: 'old\n' })
    prepare()
    const found = await problemOf(
      write(root, [
        { path: 'first', before: 'old\n', content: 'new\n' },
        { path, content: 'new\n' },
      ]),
    )
    expect(fs.readFileSync(join(root, 'first'), 'utf8')).toBe('old\n')
    expect(files(join(outer, 'out'))).toEqual({ file: outside })
    expect(fs.existsSync(join(root, '.secure-docker'))).toBe(false)
    return found.code
  }

  test.each<[string, string, () => void, string]>([
    ['a link out', 'Dockerfile', () => fs.symlinkSync('../out/file', join(root, 'Dockerfile')), 'target-outside'],
    ['a folder that is a link out', 'sub/Dockerfile', () => fs.symlinkSync('../out', join(root, 'sub')), 'target-outside'],
    ['a path out', '../out/new', () => {}, 'target-outside'],
    ['an absolute path', '/nonexistent/x', () => {}, 'target-outside'],
    ['the root', '.', () => {}, 'target-outside'],
    [
      'a link into history',
      'Dockerfile',
      () => {
        put({ '.git/hooks/x': '' })
        fs.symlinkSync('.git/hooks/x', join(root, 'Dockerfile'))
      },
      'target-outside',
    ],
    ['a link to nothing', 'Dockerfile', () => fs.symlinkSync('nothing', join(root, 'Dockerfile')), 'target-not-a-file'],
    ['a link to itself', 'Dockerfile', () => fs.symlinkSync('Dockerfile', join(root, 'Dockerfile')), 'target-not-a-file'],
    ['a folder', 'Dockerfile', () => fs.mkdirSync(join(root, 'Dockerfile')), 'target-is-folder'],
    ['a pipe', 'Dockerfile', () => execFileSync('mkfifo', [join(root, 'Dockerfile')]), 'target-not-a-file'],
    ['one file by two names', 'Dockerfile', () => fs.symlinkSync('first', join(root, 'Dockerfile')), 'changed-meanwhile'],
    ['a file that came up meanwhile', 'Dockerfile', () => put({ Dockerfile: 'mine' }), 'changed-meanwhile'],
  ])('%s', async (_, path, prepare, code) => {
    expect(await refusal(path, prepare)).toBe(code)
  })

  test('a file that was edited or removed meanwhile', async () => {
    put({ a: 'edited\n' })
    expect((await problemOf(write(root, [{ path: 'a', before: 'old\n', content: 'new\n' }]))).code).toBe('changed-meanwhile')
    expect((await problemOf(write(root, [{ path: 'b', before: 'old\n', content: 'new\n' }]))).code).toBe('changed-meanwhile')
    expect(files()).toEqual({ a: 'edited\n' })
  })

  test('a state folder that leads out', async () => {
    fs.mkdirSync(join(outer, 'out'))
    fs.symlinkSync('../out', join(root, '.secure-docker'))
    expect((await problemOf(write(root, changes({ a: 'new\n' })))).code).toBe('target-not-a-file')
    expect(fs.readdirSync(join(outer, 'out'))).toEqual([])
  })

  test('a journal that came with the repository and leads out', async () => {
    fs.writeFileSync(join(outer, 'victim'), outside)
    const journal = { id: '0'.repeat(16), phase: 'staging', folders: [], files: [{ path: '../victim', old: null, new: null }] }
    put({ '.secure-docker/local/journal.json': JSON.stringify(journal) })
    expect(await problemOf(recover(root))).toMatchObject({ code: 'journal-invalid', exit: 6 })
    put({ '.secure-docker/local/journal.json': '{' })
    expect(await problemOf(recover(root))).toMatchObject({ code: 'journal-invalid', exit: 6 })
    expect(fs.readFileSync(join(outer, 'victim'), 'utf8')).toBe(outside)
  })
})

test('a disk that is full is a Problem, with nothing changed and nothing left behind', async ({ skip }) => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', root], { stdio: 'ignore' })
  } catch {
    return skip('a file system can only be mounted by root')
  }
  try {
    put({ Dockerfile: 'old\n' })
    const wanted = changes({ Dockerfile: 'new\n', 'compose.yaml': 'x\n'.repeat(20_000), last: 'x'.repeat(40_000) })
    expect((await problemOf(write(root, wanted))).code).toBe('disk-full')
    expect(fs.readdirSync(root)).toEqual(['Dockerfile'])
    expect(files()).toEqual({ Dockerfile: 'old\n' })
  } finally {
    execFileSync('umount', [root])
  }
})

test('two names of one file are no two files', async () => {
  put({ first: 'old\n' })
  fs.symlinkSync('first', join(root, 'second'))
  expect((await problemOf(write(root, changes({ first: 'a\n', second: 'b\n' })))).code).toBe('target-not-a-file')
  expect(files()).toEqual({ first: 'old\n', second: 'old\n' })
})

test('a folder that is not there has nothing to recover', async () => {
  await recover(join(root, 'missing'))
  expect(isInterrupted(join(root, 'missing'))).toBe(false)
})

test('what is on disk is shown to the letter, with the names around it', () => {
  put({ Dockerfile: '\uFEFFa\r\n', 'compose.yml': '', 'sub/file': '' })
  fs.writeFileSync(join(root, 'odd'), Uint8Array.of(0x41, 0xff))
  const { names, texts } = readOnDisk(root, ['Dockerfile', 'compose.yaml', 'odd', 'sub/none', 'none/none'])
  expect([...names].sort()).toEqual(['Dockerfile', 'compose.yml', 'odd', 'sub/file'])
  expect([...texts]).toEqual([
    ['Dockerfile', '\uFEFFa\r\n'],
    ['odd', 'A\uFFFD'],
  ])
})

describe('undo', () => {
  test('restores what the last run replaced, with its modes, and removes what it created; twice is a redo', async () => {
    put({ Dockerfile: '\uFEFFold\r\n', gone: 'x\n' })
    fs.chmodSync(join(root, 'gone'), 0o700)
    const before = files()
    await write(root, [...changes({ Dockerfile: 'new\n', 'deep/made': 'made\n' }), { path: 'gone', before: 'x\n' }])
    const after = files()
    await undo(root)
    expect(files()).toEqual(before)
    expect(fs.readdirSync(root).sort()).toEqual(['.secure-docker', 'Dockerfile', 'gone'])
    expect(fs.statSync(join(root, 'gone')).mode & 0o777).toBe(0o700)
    await undo(root)
    expect(files()).toEqual(after)
  })

  test('only goes back one run', async () => {
    await write(root, changes({ a: '1\n' }))
    await write(root, changes({ a: '2\n' }))
    await undo(root)
    expect(files()).toEqual({ a: '1\n' })
    expect(state()).toEqual(['.gitignore', 'ID', 'undo.json'])
  })

  test('never takes an edit away', async () => {
    put({ a: 'old\n', b: 'old\n' })
    await write(root, changes({ a: 'new\n', b: 'new\n' }))
    put({ b: 'mine\n' })
    expect(await problemOf(undo(root))).toMatchObject({ code: 'changed-since', file: 'b' })
    expect(files()).toEqual({ a: 'new\n', b: 'mine\n' })
  })

  test('needs something to undo', async () => {
    expect((await problemOf(undo(root))).code).toBe('nothing-to-undo')
    expect(fs.readdirSync(root)).toEqual([])
  })
})

describe('two runs at once', () => {
  const held = () => join(root, '.secure-docker/local/run.pid')

  test('the second names the first', async () => {
    put({ '.secure-docker/local/run.pid': `${process.ppid} ${hostname()}\n` })
    const problem = await problemOf(write(root, changes({ a: 'new\n' })))
    expect(problem.code).toBe('another-run')
    expect(problem.message).toContain(String(process.ppid))
    expect(files()).toEqual({})
  })

  test('the second waits for the first', async () => {
    put({ '.secure-docker/local/run.pid': `${process.ppid} ${hostname()}\n` })
    setTimeout(() => fs.rmSync(held()), 200)
    await write(root, changes({ a: 'new\n' }))
    expect(files()).toEqual({ a: 'new\n' })
  })

  test('a run of another machine counts as alive', async () => {
    put({ '.secure-docker/local/run.pid': '1 another.machine\n' })
    expect((await problemOf(write(root, changes({ a: 'new\n' })))).code).toBe('another-run')
  })

  test.each([
    ['is dead', () => `${deadPid()} ${hostname()}\n`, 0],
    ['had our process id', () => `${process.pid} ${hostname()}\n`, 0],
    ['died before it said who it was', () => '', 60],
  ])('a run that %s is no hindrance', async (_, content, age) => {
    put({ '.secure-docker/local/run.pid': content() })
    fs.utimesSync(held(), Date.now() / 1000 - age, Date.now() / 1000 - age)
    await write(root, changes({ a: 'new\n' }))
    expect(files()).toEqual({ a: 'new\n' })
    expect(state()).toEqual(['.gitignore', 'ID', 'undo.json'])
  })

  test('many at once all get their turn', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, i) => write(root, changes({ [`file${i}`]: 'new\n' }))))
    expect(Object.keys(files())).toHaveLength(8)
  })
})

function deadPid(): number {
  const script = 'process.stdout.write(String(process.pid))'
  return Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }))
}
