import { connect, createServer } from 'node:net'

const host = '127.0.0.1'
const patience = 500

/** Those of the ports of this machine that something listens on, or that cannot be had. */
export async function occupied(ports: readonly number[]): Promise<readonly number[]> {
  const all = await Promise.all(ports.map(async (port) => ((await isFree(port)) ? [] : [port])))
  return all.flat()
}

/** The first free port after this one that is none of `taken`; undefined when there is none near. */
export async function freePortAfter(port: number, taken: readonly number[]): Promise<number | undefined> {
  for (let next = port + 1; next <= Math.min(port + 100, 65_535); next++) if (!taken.includes(next) && (await isFree(next))) return next
  return undefined
}

// On some systems an address can be listened on while the wildcard is: what answers is asked first.
async function isFree(port: number): Promise<boolean> {
  return !(await answers(port)) && (await canListen(port))
}

function answers(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ host, port, timeout: patience })
    const end = (answer: boolean) => (): void => {
      socket.destroy()
      settle(answer)
    }
    socket.once('connect', end(true)).once('timeout', end(false)).once('error', end(false))
  })
}

/** A port that only an administrator may have says nothing about whether it is in use. */
function canListen(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code !== 'EADDRINUSE'))
    server.listen({ host, port, exclusive: true }, () => server.close(() => settle(true)))
  })
}
