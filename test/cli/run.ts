import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'

/** The bundled program. */
export const program = resolve('dist/main.js')

export interface Result {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the built program without a terminal. */
export function secureDocker(cwd: string, ...args: readonly string[]): Result {
  return withVariables({}, cwd, ...args)
}

/** The same with other variables in the environment. */
export function withVariables(variables: Readonly<Record<string, string>>, cwd: string, ...args: readonly string[]): Result {
  const { FORCE_COLOR: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    encoding: 'utf8',
    // Whatever runs on this machine: no engine is asked.
    env: { ...env, DOCKER_HOST: 'unix:///nowhere', ...variables },
  })
  return { code: status, out: stdout, err: stderr }
}

/** The same while this process goes on, so that it can serve what the program asks for. */
export async function whileServing(variables: Readonly<Record<string, string>>, cwd: string, ...args: readonly string[]): Promise<Result> {
  // A machine's own authorities would take the place of those that a test sets.
  const { FORCE_COLOR: _, GIT_SSL_CAINFO: _authorities, ...env } = process.env
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] })
  const texts = { out: '', err: '' }
  child.stdout.on('data', (data) => {
    texts.out += data
  })
  child.stderr.on('data', (data) => {
    texts.err += data
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...texts }))
  })
}

/** The same as a user who is not root: root may write everywhere. */
export function withoutPrivileges(cwd: string, ...args: readonly string[]): Result {
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, encoding: 'utf8', ...user })
  return { code: status, out: stdout, err: stderr }
}

/** A folder with these files, removed when the test ends. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'secure-docker-test-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

/** The text of a file, or undefined when it is not there. */
export function textOf(root: string, path: string): string | undefined {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined
}

/** A small Node.js app that the tool serves without a question. */
export const nodeApp = {
  'package.json': '{ "name": "shop", "scripts": { "start": "node server.js" } }\n',
  'server.js': "require('node:http').createServer((_, r) => r.end('hi')).listen(process.env.PORT || 3000)\n",
}
