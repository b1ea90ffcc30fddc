import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { program, secureDocker } from './run.ts'

const fixtures = readdirSync('test/projects')
const trash: string[] = []
let [interrupted, finished, runs] = [0, 0, 0]
/** How long this machine writes, in milliseconds: from the first change in the folder to the end. */
let writing = 0

afterAll(() => {
  for (const folder of trash) rmSync(folder, { recursive: true, force: true })
})

function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'killed-'))
  trash.push(copy)
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** The bytes of every file but our state and the secrets, which are other ones each time. */
function files(root: string): Readonly<Record<string, string>> {
  const entries = readdirSync(root, { withFileTypes: true, recursive: true }).filter((e) => !e.isDirectory())
  const paths = entries
    .map((e) => relative(root, join(e.parentPath, e.name)))
    .filter((path) => !/^\.(?:secure-docker|secrets)\//.test(path))
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(root, path), 'latin1')]))
}

/** How long each secret is: a part of one is none. */
function secrets(root: string): Readonly<Record<string, number>> {
  const folder = join(root, '.secrets')
  return existsSync(folder) ? Object.fromEntries(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size])) : {}
}

/** Names in our state beside what undo needs. */
function litter(root: string): readonly string[] {
  const state = join(root, '.secure-docker/local')
  if (!existsSync(state)) return []
  const undo = existsSync(join(state, 'undo.json')) ? (JSON.parse(readFileSync(join(state, 'undo.json'), 'utf8')) as { id: string }).id : ''
  return readdirSync(state).filter((name) => !['.gitignore', 'undo.json', undo].includes(name))
}

/** Runs the program and kills it so many milliseconds after it began to write. Resolves to how long it wrote. */
function killed(root: string, after: number, ...args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: 'ignore' })
    let began = performance.now()
    const watcher = watch(root, () => {
      watcher.close()
      began = performance.now()
      setTimeout(() => child.kill('SIGKILL'), after).unref()
    })
    child.once('close', () => {
      watcher.close()
      resolve(performance.now() - began)
    })
  })
}

/** One moment after the other: from the first change until well after the last. */
function nextMoment(): number {
  const moments = fixtures.length * 2
  return ((runs++ % moments) / moments) * 1.5 * writing
}

/** Kills a command, lets another run recover, and looks at what is there. */
async function expectWhole(start: string, args: readonly string[], done: string): Promise<void> {
  const fresh = files(done)
  const root = copyOf(start)
  const old = files(root)
  await killed(root, nextMoment(), ...args)
  if (secureDocker(root, 'check').err.includes('interrupted')) interrupted++
  // It recovers, and then refuses its argument: what it leaves is what recovery made of it.
  expect(secureDocker(root, 'eject', 'nothing').code).toBe(2)
  const now = files(root)
  expect([old, fresh]).toContainEqual(now)
  expect(litter(root)).toEqual([])
  if (JSON.stringify(now) === JSON.stringify(fresh)) finished++
  expect(secureDocker(root, ...args).code).toBe(0)
  expect(files(root)).toEqual(fresh)
  expect(secrets(root)).toEqual(secrets(done))
}

beforeAll(async () => {
  writing = await killed(copyOf('test/projects/node-main'), 60_000, 'init', '--yes')
})

test.each(fixtures)('%s: kill -9 of init and of update leaves all old or all new', { timeout: 60_000 }, async (name) => {
  const fixture = copyOf(join('test/projects', name))
  const done = copyOf(fixture)
  expect(secureDocker(done, 'init', '--yes', '--force').code).toBe(0)
  const ready = copyOf(done)
  await expectWhole(fixture, ['init', '--yes', '--force'], done)

  writeFileSync(join(ready, 'Dockerfile'), `${readFileSync(join(ready, 'Dockerfile'), 'utf8')}# mine\r\n`)
  writeFileSync(join(ready, 'secure-docker.toml'), 'memory = 300\ndescription = "Another one"\nuser = 12345 # mine\n')
  const updated = copyOf(ready)
  expect(secureDocker(updated, 'update').code).toBe(0)
  expect(files(updated)['Dockerfile']).toContain('# mine')
  await expectWhole(ready, ['update'], updated)
})

test('the moments were such that both happened', () => {
  expect({ interrupted: interrupted > 0, finished: finished > 0 }).toEqual({ interrupted: true, finished: true })
})
