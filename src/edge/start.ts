import { execa } from 'execa'
import { exitCodes } from '../model/problem.ts'
import { buildFollower, startFailure } from '../report/build-log.ts'
import { stopped } from './ask/stopped.ts'

/** Whether a Docker Engine with Compose answers. */
export async function hasEngine(folder: string): Promise<boolean> {
  const options = { cwd: folder, reject: false, stdin: 'ignore', timeout: 5000 } as const
  const [engine, compose] = await Promise.all([
    execa('docker', ['version', '--format', '{{.Server.Version}}'], options),
    execa('docker', ['compose', 'version'], options),
  ])
  return !engine.failed && !compose.failed
}

/** Whether a container of the Compose project in that folder has the port; undefined when no Docker Engine is there to ask. */
export async function isHeldByProject(folder: string, port: number): Promise<boolean | undefined> {
  const filters = [`publish=${port}`, `label=com.docker.compose.project.working_dir=${folder}`].flatMap((filter) => ['--filter', filter])
  const { failed, stdout } = await execa('docker', ['ps', '--quiet', ...filters], { reject: false, stdin: 'ignore', timeout: 5000 })
  return failed ? undefined : stdout.trim() !== ''
}

/**
 * Builds and starts a Compose project, and tells each step as it begins and ends. Gives why it failed, in words; undefined when it runs.
 * Throws when a person presses Ctrl-C, which Docker hears too.
 */
export async function buildAndStart(folder: string, file: string, tell: (line: string) => void): Promise<string | undefined> {
  const follower = buildFollower(tell)
  if (!(await docker(folder, ['--progress', 'plain', '--file', file, 'build'], follower.line))) return follower.failure()
  tell('Built. Starting it, and waiting until it says that it is healthy')
  const last: string[] = []
  const keep = (line: string): void => {
    last.push(line)
    if (/\b(?:Created|Started|Healthy|Error|unhealthy)\b/.test(line)) tell(`  ${line.trim()}`)
  }
  if (await docker(folder, ['--progress', 'plain', '--file', file, 'up', '--wait', '--wait-timeout', '180'], keep)) return undefined
  const logs: string[] = []
  await docker(folder, ['--file', file, 'logs', '--no-color', '--tail', '15'], (line) => logs.push(line))
  return startFailure(last, logs)
}

/** Runs docker compose and hands over what it prints, line by line. False when it fails. */
async function docker(folder: string, args: readonly string[], line: (text: string) => void): Promise<boolean> {
  let interrupted = false
  const interrupt = (): void => {
    interrupted = true
  }
  // It stays until the end: without a listener of ours the one of execa would end this process.
  process.on('SIGINT', interrupt)
  try {
    const running = execa('docker', ['compose', ...args], { cwd: folder, reject: false, stdin: 'ignore', all: true, buffer: false })
    for await (const text of running.iterable({ from: 'all' })) line(String(text))
    const { failed, signal, exitCode } = await running
    // Docker hears Ctrl-C too, and may be gone before this process has heard of it.
    if (interrupted || signal === 'SIGINT' || exitCode === exitCodes.stopped) throw stopped()
    return !failed
  } finally {
    process.off('SIGINT', interrupt)
  }
}
