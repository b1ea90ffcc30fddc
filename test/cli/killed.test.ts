import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { program, secureDocker } from './run.ts'

const fixtures = readdirSync('test/projects')
const trash: string[] = []
let [interrupted, finished] = [0, 0]

afterAll(() => {
  for (const folder of trash) rmSync(folder, { recursive: true, force: true })
})

function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'killed-'))
  trash.push(copy)
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** The bytes of every file but our state. */
function files(root: string): Readonly<Record<string, string>> {
  const entries = readdirSync(root, { withFileTypes: true, recursive: true }).filter((e) => !e.isDirectory())
  const paths = entries.map((e) => relative(root, join(e.parentPath, e.name))).filter((path) => !path.startsWith('.secure-docker/'))
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(root, path), 'latin1')]))
}

/** Names in our state beside what undo needs. */
function litter(root: string): readonly string[] {
  const state = join(root, '.secure-docker/local')
  if (!existsSync(state)) return []
  const undo = existsSync(join(state, 'undo.json')) ? (JSON.parse(readFileSync(join(state, 'undo.json'), 'utf8')) as { id: string }).id : ''
  return readdirSync(state).filter((name) => !['.gitignore', 'undo.json', undo].includes(name))
}

/** Runs the program and kills it at a random moment soon after it began to write. */
function killed(root: string, ...args: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: 'ignore' })
    const watcher = watch(root, () => {
      watcher.close()
      setTimeout(() => child.kill('SIGKILL'), Math.random() * 12)
    })
    child.once('close', () => {
      watcher.close()
      resolve()
    })
  })
}

/** Kills a command, lets another run recover, and looks at what is there. */
async function expectWhole(start: string, args: readonly string[], fresh: Readonly<Record<string, string>>): Promise<void> {
  const root = copyOf(start)
  const old = files(root)
  await killed(root, ...args)
  if (secureDocker(root, 'check').err.includes('interrupted')) interrupted++
  // It recovers, and then refuses its argument: what it leaves is what recovery made of it.
  expect(secureDocker(root, 'eject', 'nothing').code).toBe(2)
  const now = files(root)
  expect([old, fresh]).toContainEqual(now)
  expect(litter(root)).toEqual([])
  if (JSON.stringify(now) === JSON.stringify(fresh)) finished++
  expect(secureDocker(root, ...args).code).toBe(0)
  expect(files(root)).toEqual(fresh)
}

test.each(fixtures)('%s: kill -9 of init and of update leaves all old or all new', { timeout: 60_000 }, async (name) => {
  const fixture = copyOf(join('test/projects', name))
  const done = copyOf(fixture)
  expect(secureDocker(done, 'init', '--yes').code).toBe(0)
  const ready = copyOf(done)
  await expectWhole(fixture, ['init', '--yes'], files(done))

  writeFileSync(join(ready, 'Dockerfile'), `${readFileSync(join(ready, 'Dockerfile'), 'utf8')}# mine\r\n`)
  writeFileSync(join(ready, 'secure-docker.toml'), 'memory = 300\ndescription = "Another one"\nuser = 12345 # mine\n')
  const updated = copyOf(ready)
  expect(secureDocker(updated, 'update').code).toBe(0)
  expect(files(updated)['Dockerfile']).toContain('# mine')
  await expectWhole(ready, ['update'], files(updated))
})

test('the moments were such that both happened', () => {
  expect({ interrupted: interrupted > 0, finished: finished > 0 }).toEqual({ interrupted: true, finished: true })
})
