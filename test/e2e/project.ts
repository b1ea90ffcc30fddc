import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'

const projects = resolve('test/projects')
/** The bundled program. */
export const program = resolve('dist/main.js')

/** What a fixture's test.json says: where it answers, and how; without a port, what it prints. */
export interface Expectation {
  readonly path?: string
  readonly port?: number
  readonly status?: number
  readonly text?: string
  readonly prints?: string
  readonly env?: Readonly<Record<string, string>>
  /** A path that counts in several services each time it is asked for, with the counts that outlive their containers, and those that do not. */
  readonly counts?: { readonly path: string; readonly kept: readonly string[]; readonly lost: readonly string[] }
}

/** One of each ecosystem, and of each kind of service; all with E2E=all; those named with E2E=name,name. */
export function chosenFixtures(): readonly string[] {
  const all = readdirSync(projects).filter((name) => existsSync(join(projects, name, 'test.json')))
  const asked = process.env['E2E'] ?? 'node-services,node-monorepo,node-site,go-cmd,go-front-end,django-tasks'
  if (asked === 'all') return all
  const names = asked.split(',').filter((name) => all.includes(name))
  if (names.length === 0) throw new Error(`E2E=${asked} names no project of ${all.join(' ')}`)
  return names
}

export function expectationOf(name: string): Expectation {
  return JSON.parse(readFileSync(join(projects, name, 'test.json'), 'utf8')) as Expectation
}

/** A project of ours in a folder of its own, as its user would have it. */
export interface Project {
  readonly folder: string
  readonly expected: Expectation
  /** What its commands need in their environment. */
  readonly env: Readonly<Record<string, string>>
  /** Runs a program there, in the environment of this process. Fails with all that it printed. */
  readonly run: (command: string, ...args: readonly string[]) => Promise<string>
  readonly remove: () => Promise<void>
}

/** Whether an image is built by the project. */
export const isOurs =
  ({ env }: Project) =>
  (image: string): boolean =>
    image.startsWith(env['COMPOSE_PROJECT_NAME'] ?? '')

export function copyOf(name: string): Project {
  const folder = mkdtempSync(join(tmpdir(), `e2e-${name}-`))
  cpSync(join(projects, name), folder, { recursive: true })
  const expected = expectationOf(name)
  rmSync(join(folder, 'test.json'))
  // A Compose project of its own, whatever else runs on this engine.
  const env = { ...expected.env, COMPOSE_PROJECT_NAME: folder.replace(/^.*\//, '').toLowerCase() }
  const run: Project['run'] = async (command, ...args) => {
    const { failed, all, shortMessage } = await execa(command, args, { cwd: folder, all: true, reject: false, stdin: 'ignore' })
    if (failed) throw new Error(`${shortMessage}\n${all}`)
    return all
  }
  const remove = async (): Promise<void> => {
    if (existsSync(join(folder, 'compose.yaml'))) await run('docker', 'compose', 'down', '--volumes', '--rmi', 'local', '--timeout', '2')
    // The tag that other services of the same image name is nobody's to Compose.
    await execa('docker', ['image', 'rm', `${env.COMPOSE_PROJECT_NAME}-web:built`], { reject: false })
    rmSync(folder, { recursive: true, force: true })
  }
  return { folder, expected, env, run, remove }
}

/** A file of the application: the first with program text, the shallowest first. */
export function sourceFile(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(c|m)?[jt]s$|\.py$|\.go$/.test(file) && !/node_modules|(^|[/._-])(test|config|manage|setup)/.test(file))
    .sort((a, b) => a.split('/').length - b.split('/').length || a.localeCompare(b))
  if (files[0] === undefined) throw new Error(`no source file in ${folder}`)
  return join(folder, files[0])
}
