import { execa } from 'execa'
import { type Container, docker, inspectContainer } from './docker.ts'
import type { SideReading } from './reading.ts'

// Exits 0 when a connection to an address and port is made within two seconds.
const connect =
  "require('node:net').connect({host:process.argv[1],port:+process.argv[2],timeout:2000}).on('connect',()=>process.exit(0)).on('error',()=>process.exit(1)).on('timeout',()=>process.exit(1))"

/** Who reaches a container's port: the program that is to, and a container of the same image on a network of its own. */
export async function reachedFrom(folder: string, side: Container, program: Container): Promise<SideReading['reached']> {
  const [port] = Object.keys(side.Config.ExposedPorts ?? {})
  const addresses = Object.values(side.NetworkSettings.Networks).map((network) => network.IPAddress)
  const from = async (id: number): Promise<boolean> => {
    const tries = addresses.map((address) => reaches(id, address, Number.parseInt(port ?? '', 10)))
    return (await Promise.all(tries)).includes(true)
  }
  const network = `stranger-${side.Id.slice(0, 12)}`
  await docker(folder, 'network', 'create', network)
  try {
    const stranger = (
      await docker(folder, 'run', '--detach', '--rm', '--network', network, '--entrypoint', 'sleep', side.Image, '60')
    ).trim()
    const { State } = await inspectContainer(folder, stranger)
    const reached = { program: await from(program.State.Pid), stranger: await from(State.Pid) }
    await docker(folder, 'container', 'rm', '--force', '--volumes', stranger)
    return reached
  } finally {
    await docker(folder, 'network', 'rm', network)
  }
}

/** Connects as if from the network of a process. */
async function reaches(id: number, address: string, port: number): Promise<boolean> {
  const args = ['--target', String(id), '--net', process.execPath, '-e', connect, address, String(port)]
  return !(await execa('nsenter', args, { reject: false, stdin: 'ignore' })).failed
}
