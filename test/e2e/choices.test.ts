import { rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { engineMissing } from './engine.ts'
import { copyOf, type Project, program } from './project.ts'

/** Whether somebody listens there. */
async function listens(host: string, port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ host, port, timeout: 2000 })
    const end = (answer: boolean): void => {
      socket.destroy()
      settle(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

/** Addresses under which others reach this machine. */
const outside = Object.values(networkInterfaces()).flatMap((all) =>
  (all ?? []).flatMap(({ address, family, internal }) => (family === 'IPv4' && !internal ? [address] : [])),
)

describe.skipIf(engineMissing() !== undefined)('what a person chooses of services and ports', () => {
  let project: Project
  const compose = (...args: readonly string[]) => project.run('docker', 'compose', ...args)
  const init = (...args: readonly string[]) => project.run(process.execPath, program, 'init', '--yes', ...args)
  const up = (...args: readonly string[]) => compose('up', '--detach', '--wait', '--wait-timeout', '180', ...args)

  beforeAll(() => {
    project = copyOf('node-services')
    for (const [key, value] of Object.entries(project.env)) vi.stubEnv(key, value)
  })
  afterAll(async () => {
    await project.remove()
    vi.unstubAllEnvs()
  })

  it('services can be reached from this machine, and from it only; two of the program share a range of ports', async () => {
    await init('--expose-db', '--publish', '3900-3901')
    await compose('build')
    await up('--scale', 'web=2')
    for (const port of [3900, 3901]) expect(await (await fetch(`http://127.0.0.1:${port}/`)).json()).toEqual({ alive: true })
    expect(outside).not.toEqual([])
    for (const port of [3306, 6379, 3900, 3901]) {
      expect([port, await listens('127.0.0.1', port)]).toEqual([port, true])
      for (const address of outside) expect([address, port, await listens(address, port)]).toEqual([address, port, false])
    }
    await compose('down', '--volumes')
  })

  it('a secret that cannot be made stops `up` alone, which names it', async () => {
    rmSync(join(project.folder, '.secrets'), { recursive: true })
    await init('--services=-mariadb', '--publish', '3900', '--expose-db=false')
    await compose('config', '--quiet')
    await compose('build')
    await expect(up()).rejects.toThrow(/\.secrets\/DATABASE_URL/)
    await compose('down')
    writeFileSync(join(project.folder, '.secrets/DATABASE_URL'), 'DATABASE_URL=mariadb://app:secret@db.example.com:3306/app\n', {
      mode: 0o444,
    })
    await up()
    expect(await (await fetch('http://127.0.0.1:3900/')).json()).toEqual({ alive: true })
    expect(await listens('127.0.0.1', 6379)).toBe(false)
  })
})
