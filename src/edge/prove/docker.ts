import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { exitCodes, Problem } from '../../model/problem.ts'
import { parseTarList } from './parse.ts'
import type { ImageFile } from './reading.ts'

/** Runs docker in a folder and gives what it printed. Throws a Problem with what docker said. */
export async function docker(folder: string, ...args: readonly string[]): Promise<string> {
  const result = await execa('docker', args, { cwd: folder, reject: false, stdin: 'ignore' })
  if (!result.failed) return result.stdout
  throw new Problem({
    code: 'docker-failed',
    exit: exitCodes.notServed,
    message: `docker ${args.slice(0, 2).join(' ')} failed: ${(result.stderr ?? result.shortMessage).trim().split('\n').slice(-3).join(' ')}`,
    fix: 'Check that Docker Engine runs and that the project is built and up: docker compose up --detach --wait',
  })
}

export interface PortBinding {
  readonly HostIp: string
  readonly HostPort: string
}

/** What `docker inspect` tells of a container, as far as it is asked for. */
export interface Container {
  readonly Id: string
  readonly Name: string
  readonly Image: string
  readonly State: {
    readonly Pid: number
    readonly Running: boolean
    readonly ExitCode: number
    readonly Health?: { readonly Status: string }
  }
  readonly HostConfig: { readonly Tmpfs: Readonly<Record<string, string>> | null }
  readonly Mounts: readonly { readonly Destination: string }[]
  /** Ports of the image: on an internal network the engine shows none under NetworkSettings. */
  readonly Config: { readonly ExposedPorts?: Readonly<Record<string, object>> }
  readonly NetworkSettings: {
    readonly Ports: Readonly<Record<string, readonly PortBinding[] | null>>
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>>
  }
}

export async function inspectContainer(folder: string, container: string): Promise<Container> {
  return first(await docker(folder, 'container', 'inspect', container))
}

export async function labelsOf(folder: string, image: string): Promise<Readonly<Record<string, string>>> {
  const { Config } = first<{ Config: { Labels: Readonly<Record<string, string>> | null } }>(await docker(folder, 'image', 'inspect', image))
  return Config.Labels ?? {}
}

/** Host's ids of the processes of a container. */
export async function processIds(folder: string, container: string): Promise<readonly number[]> {
  const [, ...lines] = (await docker(folder, 'top', container, '-eo', 'pid')).split('\n')
  return lines.map((line) => Number.parseInt(line, 10)).filter((id) => id > 0)
}

/** The files of each layer of an image, from the base upwards. Uses the tar program. */
export async function layersOf(folder: string, image: string): Promise<readonly (readonly ImageFile[])[]> {
  const work = await mkdtemp(join(tmpdir(), 'secure-docker-'))
  try {
    await docker(folder, 'image', 'save', '--output', join(work, 'image.tar'), image)
    await execa('tar', ['--extract', '--file=image.tar'], { cwd: work })
    const manifest = first<{ Layers: readonly string[] }>(await readFile(join(work, 'manifest.json'), 'utf8'))
    const layers: (readonly ImageFile[])[] = []
    for (const layer of manifest.Layers) layers.push(parseTarList(await listTar(work, layer)))
    return layers
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function listTar(folder: string, file: string): Promise<string> {
  const options = ['--list', '--verbose', '--numeric-owner', '--quoting-style=escape', `--file=${file}`]
  return (await execa('tar', options, { cwd: folder, env: { LC_ALL: 'C' } })).stdout
}

function first<T>(json: string): T {
  const [only] = JSON.parse(json) as readonly T[]
  if (only === undefined) throw new Error('docker named nothing')
  return only
}
