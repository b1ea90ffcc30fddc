import { describe, expect, it } from 'vitest'
import type { Variable } from '../model/app.ts'
import type { Connection, ServiceNeed } from '../model/service.ts'
import { stackFor } from './stack.ts'

const need = (kind: ServiceNeed['kind'], connections: readonly Connection[] = [], more: Partial<ServiceNeed> = {}): ServiceNeed => ({
  kind,
  optional: false,
  because: [],
  connections,
  ...more,
})
const variable = (name: string, more: Partial<Variable> = {}): Variable => ({
  name,
  required: true,
  secret: false,
  generated: false,
  because: [],
  ...more,
})
const stack = (needs: readonly ServiceNeed[], variables: readonly Variable[] = [], elsewhere: readonly ServiceNeed[] = []) =>
  stackFor({ here: needs, elsewhere, leftOut: [] }, variables, { names: ['web', 'frontend'], exposed: false, ports: [] })
const url: Connection = { variable: 'DATABASE_URL', holds: 'url' }
const content = (needs: readonly ServiceNeed[], name: string) => stack(needs).secrets.find((s) => s.name === name)?.content

describe('an address', () => {
  it.each<[ServiceNeed, readonly unknown[]]>([
    [need('postgres', [url]), ['DATABASE_URL=', 'postgres://app:', { value: 'postgres' }, '@postgres:5432/app']],
    [
      need('postgres', [{ ...url, scheme: 'postgresql+asyncpg', path: '/shop?schema=public' }], { name: 'db', user: 'shop' }),
      ['DATABASE_URL=', 'postgresql+asyncpg://shop:', { value: 'db' }, '@db:5432/shop?schema=public'],
    ],
    [need('mariadb', [url], { database: 'shop' }), ['DATABASE_URL=', 'mysql://app:', { value: 'mariadb' }, '@mariadb:3306/shop']],
    [need('redis', [url]), ['DATABASE_URL=', 'redis://:', { value: 'redis' }, '@redis:6379']],
    [need('rabbitmq', [url]), ['DATABASE_URL=', 'amqp://app:', { value: 'rabbitmq' }, '@rabbitmq:5672']],
    [need('mongodb', [url]), ['DATABASE_URL=', 'mongodb://app:', { value: 'mongodb' }, '@mongodb:27017/app?authSource=admin']],
    [
      need('mongodb', [{ ...url, path: '/shop?authSource=shop&w=1' }]),
      ['DATABASE_URL=', 'mongodb://app:', { value: 'mongodb' }, '@mongodb:27017/shop?w=1&authSource=admin'],
    ],
    [
      need('postgres', [{ ...url, path: '/a\n#"\'$`b' }]),
      ['DATABASE_URL=', 'postgres://app:', { value: 'postgres' }, '@postgres:5432/a%0A%23%22%27%24%60b'],
    ],
    [
      need('mysql', [{ ...url, form: 'tcp', path: '/shop?parseTime=true' }]),
      ['DATABASE_URL=', 'app:', { value: 'mysql' }, '@tcp(mysql:3306)/shop?parseTime=true'],
    ],
  ])('with a password is a secret', (service, parts) => {
    expect(content([service], 'DATABASE_URL')).toEqual(parts)
  })

  it('without one is plain', () => {
    const { wiring } = stack([need('memcached', [{ ...url, variable: 'CACHE' }]), need('elasticsearch', [{ ...url, variable: 'SEARCH' }])])
    expect(wiring.environment).toEqual({ CACHE: 'memcached://memcached:11211', SEARCH: 'http://elasticsearch:9200' })
    expect(wiring.secrets).toEqual([])
  })
})

it('is told where a program asks for encryption', () => {
  const command = (more: Partial<ServiceNeed>) => stack([need('postgres', [url], more)]).services[0]?.command?.[0]
  expect([command({ encrypted: true }), command({})]).toEqual(['sh', undefined])
})

describe('parts of an address', () => {
  const parts: readonly Connection[] = [
    { variable: 'DB_HOST', holds: 'host' },
    { variable: 'DB_PORT', holds: 'port' },
    { variable: 'DB_USER', holds: 'user' },
    { variable: 'DB_NAME', holds: 'database' },
    { variable: 'DB_PLACE', holds: 'host-and-port' },
  ]

  it('are plain, the password is a secret', () => {
    const { wiring } = stack([need('postgres', [...parts, { variable: 'DB_PASSWORD', holds: 'password' }])])
    expect(wiring.environment).toEqual({
      DB_HOST: 'postgres',
      DB_NAME: 'app',
      DB_PLACE: 'postgres:5432',
      DB_PORT: '5432',
      DB_USER: 'app',
    })
    expect(wiring.secrets).toEqual([{ name: 'DB_PASSWORD', content: ['DB_PASSWORD=', { value: 'postgres' }] }])
    expect(wiring.loaded).toEqual(['DB_PASSWORD'])
  })

  it('a program that reads files is given the path', () => {
    const { wiring } = stack([need('postgres', [{ variable: 'DB_PASSWORD', holds: 'password', file: 'DB_PASSWORD_FILE' }])])
    expect(wiring).toMatchObject({
      environment: { DB_PASSWORD_FILE: '/run/secrets/DB_PASSWORD' },
      secrets: [{ name: 'DB_PASSWORD', content: [{ value: 'postgres' }] }],
      loaded: [],
    })
  })
})

describe('Redis', () => {
  const protectedBy = (...connections: Connection[]) => stack([need('redis', connections)]).secrets.some((s) => s.name === 'redis.conf')
  const host: Connection = { variable: 'REDIS_HOST', holds: 'host' }

  it('has a password only where every way to it can carry one', () => {
    expect(protectedBy({ variable: 'REDIS_URL', holds: 'url' })).toBe(true)
    expect(protectedBy(host, { variable: 'REDIS_PASSWORD', holds: 'password' })).toBe(true)
    expect(protectedBy(host)).toBe(false)
    expect(protectedBy(host, { variable: 'REDIS_URL', holds: 'url' })).toBe(false)
    expect(protectedBy()).toBe(false)
  })
})

describe('names', () => {
  const names = (...needs: ServiceNeed[]) => stack(needs).services.map((s) => s.name)

  it('are those of the repository when they are free and can be a host', () => {
    expect(names(need('postgres', [], { name: 'db' }), need('redis', [], { name: 'cache' }))).toEqual(['db', 'cache'])
    expect(names(need('postgres', [], { name: '10.0.0.1' }), need('redis', [], { name: 'localhost' }))).toEqual(['postgres', 'redis'])
  })

  it('never collide', () => {
    expect(names(need('postgres', [], { name: 'web' }), need('redis', [], { name: 'frontend' }))).toEqual(['postgres', 'redis'])
    expect(names(need('postgres'), need('postgres'), need('redis', [], { name: 'postgres' }))).toEqual(['postgres', 'postgres-2', 'redis'])
  })
})

describe('variables of the program', () => {
  const { wiring } = stack(
    [need('postgres', [url])],
    [
      variable('DATABASE_URL', { secret: true }),
      variable('SECRET_KEY', { secret: true, generated: true }),
      variable('STRIPE_KEY', { secret: true }),
      variable('SENTRY_DSN', { secret: true, required: false }),
      variable('DEBUG'),
    ],
  )

  it('are secrets when they must be there and be hidden; the rest is handed through', () => {
    expect(wiring.variables).toEqual(['DEBUG', 'SENTRY_DSN'])
    expect(wiring.secrets.slice(1)).toEqual([
      { name: 'SECRET_KEY', content: ['SECRET_KEY=', { value: 'SECRET_KEY' }] },
      { name: 'STRIPE_KEY' },
    ])
    expect(wiring.loaded).toEqual(['DATABASE_URL', 'SECRET_KEY', 'STRIPE_KEY'])
  })
})

it('gives each service a network that nobody else is on', () => {
  const { services } = stack([need('postgres'), need('redis')])
  expect(services.map((s) => s.networks)).toEqual([[{ name: 'postgres', internal: true }], [{ name: 'redis', internal: true }]])
  expect(services.map((s) => s.ports)).toEqual([[], []])
})

describe('an exposed service', () => {
  const exposed = (ports: readonly number[], ...here: ServiceNeed[]) =>
    stackFor({ here, elsewhere: [], leftOut: [] }, [], { names: [], exposed: true, ports }).services

  it('is published from a network that is not internal', () => {
    expect(exposed([], need('postgres'))).toMatchObject([{ networks: [{ internal: false }], ports: [{ host: 5432, container: 5432 }] }])
  })

  it('keeps the port that the repository publishes it on, and never takes one twice', () => {
    const published = [{ host: 5433, container: 5432 }]
    const ports = exposed([8025], need('postgres', [], { published }), need('mysql'), need('mariadb'), need('mailpit')).map((s) => s.ports)
    expect(ports.flat().map(({ host }) => host)).toEqual([5433, 3306, 3307, 1025, 8026])
  })
})

describe('a service that is elsewhere', () => {
  const parts: readonly Connection[] = [
    { variable: 'DB_HOST', holds: 'host' },
    { variable: 'DB_PORT', holds: 'port' },
    { variable: 'DB_PASSWORD', holds: 'password' },
  ]
  const read = [variable('DB_HOST', { default: 'localhost', required: false }), variable('DB_PORT', { default: '5432', required: false })]

  it('is told by a secret that only a person can write', () => {
    const { wiring, services, secrets, outward } = stack(
      [],
      [variable('DATABASE_URL', { default: 'postgres://localhost' })],
      [need('postgres', [url, ...parts])],
    )
    expect({ services, secrets, outward }).toEqual({ services: [], secrets: [{ name: 'DATABASE_URL' }], outward: true })
    expect(wiring.loaded).toEqual(['DATABASE_URL'])
  })

  it('without an address it is told by its parts: the password is the secret, what leads there has no default', () => {
    const { wiring } = stack([need('redis', [{ variable: 'REDIS_URL', holds: 'url' }])], read, [need('postgres', parts)])
    expect(wiring.variables).toEqual(['DB_HOST'])
    expect(wiring.secrets.map(({ name }) => name)).toEqual(['REDIS_URL', 'DB_PASSWORD'])
    expect(wiring.secrets[1]).toEqual({ name: 'DB_PASSWORD' })
  })

  it('takes no example for a password', () => {
    const example = { value: 'app', because: { file: '.env.example', line: 1, saw: 'DB_PASSWORD' } }
    const { wiring } = stack([], [variable('DB_PASSWORD', { example })], [need('postgres', parts)])
    expect([wiring.examples, wiring.loaded]).toEqual([undefined, ['DB_PASSWORD']])
  })

  it('asks for no password where there need not be one', () => {
    const { secrets, wiring } = stack(
      [],
      [],
      [
        need('redis', [
          { variable: 'REDIS_HOST', holds: 'host' },
          { variable: 'REDIS_PASSWORD', holds: 'password' },
        ]),
      ],
    )
    expect([secrets, wiring.variables]).toEqual([[], ['REDIS_HOST', 'REDIS_PASSWORD']])
  })
})
