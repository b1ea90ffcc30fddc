import { connect } from 'node:net'

const host = '127.0.0.1'
const patience = 500

/** Those of the ports of this machine that something listens on. */
export async function occupied(ports: readonly number[]): Promise<readonly number[]> {
  const all = await Promise.all(ports.map(async (port) => ((await isFree(port)) ? [] : [port])))
  return all.flat()
}

/** The first free port after this one that is none of `taken`; undefined when there is none near. */
export async function freePortAfter(port: number, taken: readonly number[]): Promise<number | undefined> {
  for (let next = port + 1; next <= Math.min(port + 100, 65_535); next++) if (!taken.includes(next) && (await isFree(next))) return next
  return undefined
}

/** Nothing answers there. Listening there instead would load the half of Node.js that clusters need. */
function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ host, port, timeout: patience })
    const end = (free: boolean) => (): void => {
      socket.destroy()
      settle(free)
    }
    socket.once('connect', end(false)).once('timeout', end(true)).once('error', end(true))
  })
}
