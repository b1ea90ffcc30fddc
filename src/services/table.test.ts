import { describe, expect, it } from 'vitest'
import { serviceImage } from '../catalogue/services.ts'
import type { ServiceFlavour, ServiceKind } from '../model/service.ts'
import type { Given } from './row.ts'
import { services } from './table.ts'

const rows = Object.entries(services) as readonly [ServiceKind | ServiceFlavour, (typeof services)[ServiceKind]][]
const given: Given = { name: 'it', release: '1', database: 'shop', user: 'ada', withPassword: true, encrypted: false, memory: 256 }

describe.each(rows)('%s', (kind, row) => {
  it('has a check of its health, by programs and without the password', () => {
    expect(row.health(given).length).toBeGreaterThan(1)
    expect(row.health({ ...given, withPassword: false })[0]).toMatch(/^[\w/-]+$/)
  })

  it('runs as a user without rights, within limits that it can live in', () => {
    expect(row.user).toBeGreaterThan(0)
    expect(row.limits.memory).toBeGreaterThan(row.floor)
    expect(row.limits.cpus).toBeGreaterThan(0)
    expect(row.limits.pids).toBeGreaterThan(0)
    expect(row.stopPeriod).toBeGreaterThanOrEqual(10)
  })

  it('takes a password from a file or not at all', () => {
    const { environment, secrets, command = [] } = row.run(given)
    expect(secrets.length > 0).toBe(row.login.password !== 'none')
    const told = [...Object.values(environment), ...command]
    for (const { name } of secrets) expect(told).toContain(`/run/secrets/${name}`)
    expect(secrets.every(({ name, content = [] }) => /^it[.-]/.test(name) && content.some((part) => typeof part !== 'string'))).toBe(true)
  })

  it('knows where its data lies, beside what is gone with the container', () => {
    const data = row.data?.('1') ?? []
    for (const path of [...data, ...row.tmpfs]) expect(path).toMatch(/^\/[\w./-]+$/)
    expect(new Set([...data, ...row.tmpfs]).size).toBe(data.length + row.tmpfs.length)
  })

  it('has an image, also for a release that cannot be one', () => {
    const { image, release } = serviceImage(kind)
    expect(serviceImage(kind, '; rm -rf /')).toEqual({ image, release })
    expect(image.tag).not.toMatch(/latest|[{}]/)
  })
})

it('has PostgreSQL make a certificate where the program asks for encryption, and only there', () => {
  expect(services.postgres.run(given).command).toBeUndefined()
  expect(services.postgres.run({ ...given, encrypted: true }).command?.join(' ')).toMatch(
    /^sh -c openssl req .* && exec docker-entrypoint\.sh postgres -c ssl=on /,
  )
})

it('takes the release that is asked for', () => {
  expect(serviceImage('postgres', '17').image).toEqual({ repository: 'postgres', tag: '17' })
  expect(serviceImage('pgvector', '16').image.tag).toBe('pg16')
  expect(serviceImage('elasticsearch', '8.11').image.tag).toBe('8.19.20')
  expect(serviceImage('postgis', '12').image.tag).toBe('18-3.6')
})

it.each([
  ['4.2', 'mongo '],
  ['5.0', 'mongosh '],
  ['8', 'mongosh '],
])('MongoDB %s is asked by the shell that its image has', (release, shell) =>
  expect(services.mongodb.health({ ...given, release })[2]?.startsWith(shell)).toBe(true),
)
