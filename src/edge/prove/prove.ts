import { setTimeout as sleep } from 'node:timers/promises'
import { exitCodes, Problem } from '../../model/problem.ts'
import { type Container, docker, inspectContainer, labelsOf, layersOf, type PortBinding, processIds } from './docker.ts'
import { arbitraryId, judge, judgeProgram, judgeSide } from './judge.ts'
import { limitsOf, mountsOf, processesOf } from './kernel.ts'
import { reachedFrom } from './network.ts'
import type { Answer, Property, Question, Reading, Running } from './reading.ts'
import { secretsShown } from './secrets.ts'

/**
 * Asks of a service that is up, from outside and of the kernel, whether it is hardened as its Compose file says; stops it in the end.
 * `folder` is that of the Compose file; a service without a port is asked no question. Needs the machine that the engine runs on, and root. Throws a Problem when something cannot be asked.
 */
export async function prove(folder: string, service: string, question?: Question): Promise<readonly Property[]> {
  return judge(await readingOf(folder, service, question))
}

/**
 * Asks the same of a service beside the program, as far as it can be asked, and whether only `program` reaches its port. Needs the
 * program nsenter as well.
 */
export async function proveSide(folder: string, service: string, program: string): Promise<readonly Property[]> {
  const container = await containerOf(folder, service)
  const reached = await reachedFrom(folder, container, await containerOf(folder, program))
  return judgeSide({ ...(await runningOf(folder, service, container)), reached })
}

/** Asks the kernel the same of a further program of the image that is up. */
export async function proveProgram(folder: string, service: string): Promise<readonly Property[]> {
  return judgeProgram(await runningOf(folder, service, await containerOf(folder, service)))
}

/**
 * Asks it of a job that has ended, by a container of its service that waits instead, running `idle`; the job itself is not run again.
 * A job has no health.
 */
export async function proveJob(folder: string, service: string, [program = '', ...rest]: readonly string[]): Promise<readonly Property[]> {
  const run = ['compose', 'run', '--detach', '--no-deps', '--entrypoint', program, service, ...rest]
  const name = (await docker(folder, ...run)).trim()
  try {
    const running = await runningOf(folder, service, await inspectContainer(folder, name))
    return judgeProgram(running).filter(({ property }) => property !== 'healthy')
  } finally {
    await docker(folder, 'container', 'rm', '--force', '--volumes', name)
  }
}

/** The container of a service. Throws a Problem when it is not up. */
async function containerOf(folder: string, service: string): Promise<Container> {
  const name = (await docker(folder, 'compose', 'ps', '--quiet', service)).trim()
  if (name === '') throw notUp(service)
  return inspectContainer(folder, name)
}

async function runningOf(folder: string, service: string, container: Container): Promise<Running> {
  const wanted = await serviceModel(folder, service)
  return {
    wanted: { user: wanted.user ?? '', limits: limitsWanted(wanted) },
    processes: await processesOf(await processIds(folder, container.Id)),
    mounts: await mountsOf(container.State.Pid),
    volumes: [...container.Mounts.map((mount) => mount.Destination), ...Object.keys(container.HostConfig.Tmpfs ?? {})],
    limits: await limitsOf(container.State.Pid),
    health: container.State.Health?.Status ?? 'no health check',
    published: bindings(container).map((binding) => binding.HostIp),
    shown: await secretsShown(folder, container),
  }
}

async function readingOf(folder: string, service: string, question?: Question): Promise<Reading> {
  const wanted = await serviceModel(folder, service)
  const container = await containerOf(folder, service)
  return {
    ...(question === undefined ? {} : { question, answer: await ask(container, question) }),
    ...(await runningOf(folder, service, container)),
    base: (await labelsOf(folder, container.Image))['org.opencontainers.image.base.name'] ?? '',
    layers: await layersOf(folder, container.Image),
    arbitrary: await underArbitraryUser(folder, service, wanted.ports?.[0]?.target, question),
    stop: await stop(folder, container.Id),
  }
}

/** A service as `docker compose config` prints it. */
interface ServiceModel {
  readonly user?: string
  readonly mem_limit?: string
  readonly memswap_limit?: string
  readonly pids_limit?: number
  readonly cpus?: number
  readonly ports?: readonly { readonly target: number }[]
}

async function serviceModel(folder: string, service: string): Promise<ServiceModel> {
  const model = JSON.parse(await docker(folder, 'compose', 'config', '--format', 'json')) as { services: Record<string, ServiceModel> }
  const found = model.services[service]
  if (found === undefined) throw notUp(service)
  return found
}

function limitsWanted({ mem_limit: memory, memswap_limit: both, pids_limit: pids, cpus }: ServiceModel): Reading['wanted']['limits'] {
  return {
    ...(memory === undefined ? {} : { memory: Number(memory) }),
    ...(memory === undefined || both === undefined ? {} : { swap: Number(both) - Number(memory) }),
    ...(pids === undefined ? {} : { pids }),
    ...(cpus === undefined ? {} : { cpus }),
  }
}

function notUp(service: string): Problem {
  return new Problem({
    code: 'service-not-up',
    exit: exitCodes.notServed,
    message: `The service ${service} is not up.`,
    fix: 'Start it: docker compose up --detach --wait',
  })
}

function bindings({ NetworkSettings }: Container): readonly PortBinding[] {
  return Object.values(NetworkSettings.Ports).flatMap((list) => list ?? [])
}

async function ask(container: Container, { path }: Question): Promise<Answer> {
  const port = bindings(container)[0]?.HostPort
  if (port === undefined) return { status: 0, text: 'no published port' }
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', signal: AbortSignal.timeout(5000) })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    return { status: 0, text: error instanceof Error ? error.message : String(error) }
  }
}

const patience = 30_000

/** Starts the service's image once more, under a user that nothing was prepared for, and removes it again. */
async function underArbitraryUser(folder: string, service: string, port?: number, question?: Question): Promise<Reading['arbitrary']> {
  const published = port === undefined ? [] : ['--publish', `127.0.0.1::${port}`]
  const user = ['--user', `${arbitraryId}:${arbitraryId}`]
  const name = (await docker(folder, 'compose', 'run', '--detach', '--no-deps', ...user, ...published, service)).trim()
  try {
    for (const end = Date.now() + patience; ; await sleep(200)) {
      const container = await inspectContainer(folder, name)
      const health = container.State.Health?.Status ?? 'no health check'
      if (!container.State.Running) return { health, processes: [], ended: await lastWords(folder, name, container.State.ExitCode) }
      const answer = question === undefined ? undefined : await ask(container, question)
      const settled = answer === undefined ? health !== 'starting' : answer.status > 0
      if (!settled && Date.now() < end) continue
      return { health, processes: await processesOf(await processIds(folder, name)), ...(answer === undefined ? {} : { answer }) }
    }
  } finally {
    await docker(folder, 'container', 'rm', '--force', '--volumes', name)
  }
}

async function lastWords(folder: string, name: string, exitCode: number): Promise<string> {
  return `ended with exit code ${exitCode}: ${await docker(folder, 'container', 'logs', '--tail', '3', name)}`
}

async function stop(folder: string, name: string): Promise<Reading['stop']> {
  const start = performance.now()
  await docker(folder, 'container', 'stop', '--time', '10', name)
  return { milliseconds: performance.now() - start, exitCode: (await inspectContainer(folder, name)).State.ExitCode }
}
