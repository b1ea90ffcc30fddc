import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { engineMissing } from './engine.ts'
import { copyOf, type Project, program } from './project.ts'

describe.skipIf(engineMissing() !== undefined)('a compose file that was there', () => {
  let project: Project
  const compose = (...args: readonly string[]) => project.run('docker', 'compose', ...args)
  const up = () => compose('up', '--build', '--detach', '--wait', '--wait-timeout', '180')
  const rooms = () => compose('exec', '-T', 'database', 'psql', '-U', 'alive', '-d', 'visits', '-tAc', 'SELECT count(*) FROM rooms')

  beforeAll(() => {
    project = copyOf('go-services')
    for (const [key, value] of Object.entries(project.env)) vi.stubEnv(key, value)
  })
  afterAll(async () => {
    await project.remove()
    vi.unstubAllEnvs()
  })

  it('says what a new database begins with, once; nobody writes to that', async () => {
    await project.run(process.execPath, program, 'init', '--yes', '--force')
    await up()
    expect(await rooms()).toBe('41')
    const write = compose('exec', '-T', 'database', 'sh', '-c', 'echo > /docker-entrypoint-initdb.d/visits.sql')
    await expect(write).rejects.toThrow('Read-only file system')
    await compose('down')
    await up()
    expect(await rooms()).toBe('41')
  })
})
