import { describe, expect, it } from 'vitest'
import { addressesIn, addressOf } from './addresses.ts'
import { roleOf } from './roles.ts'
import { kindOfImage } from './service-images.ts'

describe('roleOf', () => {
  it.each([
    ['DATABASE_URL', [], 'postgres mysql mariadb mongodb', 'url'],
    ['DATABASE_URL', ['mysql://root@db/shop'], 'mysql mariadb', 'url'],
    ['DISPATCH_DATABASE_HOSTNAME', [], 'postgres mysql mariadb mongodb', 'host'],
    ['POSTGRES_DB', ['shop'], 'postgres', 'database'],
    ['PGPASSWORD', [], 'postgres', 'password'],
    ['DB_SOURCE', [], 'postgres mysql mariadb mongodb', 'url'],
    ['REDIS_ACTIVITY_HOST', [], 'redis valkey', 'host'],
    ['REDIS_ADDR', ['localhost:6379'], 'redis valkey', 'host-and-port'],
    ['REDIS_ADDR', ['redis://cache:6379/1'], 'redis valkey', 'url'],
    ['CELERY_BROKER_URL', [], 'rabbitmq redis valkey', 'url'],
    ['CELERY_BROKER_URL', ['redis://cache/0'], 'redis valkey', 'url'],
    ['KAFKA_BROKERS', ['a:9092'], 'kafka', 'host-and-port'],
    ['ELASTICSEARCH_NODE', [], 'elasticsearch opensearch', 'url'],
    ['EMAIL_HOST_PASSWORD', [], 'mailpit', 'password'],
    ['AWS_STORAGE_BUCKET_NAME', [], 'minio', 'database'],
    ['SHOP_REDIS', [], 'redis valkey', 'url'],
    ['mongoUrl', [], 'mongodb', 'url'],
    ['DATABASE_URL', ['me:pw@tcp(db:3306)/shop'], 'mysql mariadb', 'url'],
    ['STORE', ["host=db port=5432 user=me password='a b' dbname=shop sslmode=disable"], 'postgres', 'url'],
  ] as const)('%s with %j is about %s and holds the %s', (name, values, kinds, holds) => {
    const role = roleOf(name, values)
    expect([role?.kinds.join(' '), role?.holds]).toEqual([kinds, holds])
  })

  it.each([
    ['REDIS_DB', ['0']],
    ['USE_REDIS', []],
    ['SHOP_ENABLE_REDIS', []],
    ['DB_NAME', ['data/shop.sqlite3']],
    ['SQLITE_DB_LOCATION', []],
    ['TEST_DATABASE_URL', []],
    ['SHADOW_DATABASE_URL', []],
    ['EMAIL_BACKEND', []],
    ['EMAIL_SENDER_NAME', []],
    ['DB_CONN_MAX_AGE', []],
    ['API_URL', []],
    ['PORT', []],
  ])('%s with %j is about none', (name, values) => {
    expect(roleOf(name, values)).toBeUndefined()
  })

  it('takes scheme, path, host and database from the value that names another host', () => {
    expect(roleOf('DATABASE_URL', ['postgres://a:b@localhost/x', 'postgresql+asyncpg://a:b@db:5432/shop?ssl=1'])).toEqual({
      kinds: ['postgres'],
      holds: 'url',
      scheme: 'postgresql+asyncpg',
      path: '/shop?ssl=1',
      host: 'db',
      database: 'shop',
      login: true,
    })
  })
})

describe('addressOf', () => {
  it.each([
    ['me:p@ss@tcp(db:3306)/shop?parseTime=true', { path: '/shop?parseTime=true', host: 'db', database: 'shop', login: true }],
    ['tcp(localhost)/', { host: 'localhost', login: false }],
    ['host=db user=me dbname=shop', { host: 'db', database: 'shop', login: true }],
    ['host = db  dbname = shop', { host: 'db', database: 'shop', login: false }],
  ])('reads %s as a driver of Go does', (text, expected) => expect(addressOf(text)).toMatchObject(expected))

  it.each(['host=db', 'user=me dbname=shop', 'me@udp(db)/x', 'tcp(db:3306)'])('takes %s for no address', (text) => {
    expect(addressOf(text)).toBeUndefined()
  })

  it.each(['https://a.example', 'mongodb+srv://a.example/b', 'redis', '', 'file:///tmp/a'])(
    '%s is the address of no service of ours',
    (text) => {
      expect(addressOf(text)).toBeUndefined()
    },
  )
})

describe('addressesIn', () => {
  it.each([
    ["createClient({ host: 'store', port: 6379 })", ['redis://store:6379']],
    ['redis.Options{Addr: "store:6379"}', ['redis://store:6379']],
    ["new Memcached('cache:11211')", ['memcached://cache:11211']],
    ["// 'store:6379'", []],
    ["'store:8080'", []],
  ])('%s: %j', (text, expected) => expect(addressesIn([['a.js', text]]).map(({ value }) => value)).toEqual(expected))

  it('leaves out comments, and texts with gaps', () => {
    const text = ['// redis://a', "const a = 'redis://b:6379'", 'const c = `redis://$' + '{host}`', '# amqp://d', ''].join('\n')
    expect(addressesIn([['a.js', text]])).toEqual([
      { value: 'redis://b:6379', because: { file: 'a.js', line: 2, saw: "const a = 'redis://b:6379'" } },
    ])
  })
})

describe('kindOfImage', () => {
  it.each([
    ['postgres:17.2-alpine', { kind: 'postgres', release: '17' }],
    ['docker.io/library/postgres', { kind: 'postgres' }],
    ['postgis/postgis:16-3.4', { kind: 'postgres', flavour: 'postgis', release: '16' }],
    ['pgvector/pgvector:pg17', { kind: 'postgres', flavour: 'pgvector', release: '17' }],
    ['timescale/timescaledb:latest-pg16', { kind: 'postgres', flavour: 'timescaledb', release: '16' }],
    ['bitnami/redis:7.2@sha256:abc', { kind: 'redis', release: '7.2' }],
    ['getmeili/meilisearch:v1.13.3', { kind: 'meilisearch', release: '1.13' }],
    ['mailhog/mailhog:v1.0.1', { kind: 'mailpit' }],
  ])('%s is %j', (image, seen) => {
    expect(kindOfImage(image)).toEqual(seen)
  })

  it.each(['adminer', 'prom/mysqld-exporter', 'redis-commander', ''])('%s is none', (image) => {
    expect(kindOfImage(image)).toBeUndefined()
  })
})
