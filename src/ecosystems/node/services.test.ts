import { describe, expect, it } from 'vitest'
import type { ComposeFile } from '../../model/compose.ts'
import type { Tree } from '../../model/tree.ts'
import { parseManifest } from './manifest.ts'
import { findServices } from './services.ts'
import { findVariables } from './variables.ts'

function treeOf(texts: Readonly<Record<string, string>>, compose: readonly ComposeFile[] = []): Tree {
  return { files: new Set(Object.keys(texts)), folders: new Set(), texts: new Map(Object.entries(texts)), unread: new Map(), compose }
}

function needs(dependencies: readonly string[], texts: Readonly<Record<string, string>>, compose?: readonly ComposeFile[]) {
  const tree = treeOf(texts, compose)
  const manifest = parseManifest(
    JSON.stringify({ dependencies: Object.fromEntries(dependencies.map((name) => [name, '*'])) }, undefined, 1),
  )
  const files = Object.keys(texts).filter((file) => /\.[jt]s$/.test(file))
  return findServices(tree, manifest, files, findVariables(tree, files, []))
}

const database = (image: string): ComposeFile => ({
  file: 'compose.yml',
  services: [
    {
      name: 'db',
      because: { file: 'compose.yml', line: 2, saw: 'db:' },
      image: { value: image, because: { file: 'compose.yml', line: 3, saw: image } },
      ports: [],
      environment: [],
      volumes: [],
      dependsOn: [],
    },
  ],
  volumes: [],
  networks: [],
})

describe('findServices', () => {
  it.each([
    ['type: process.env.DATABASE_TYPE', {}, [['DATABASE_TYPE', 'postgres']]],
    ["type: process.env.DATABASE_TYPE ?? ''", {}, [['DATABASE_TYPE', 'postgres']]],
    ['client: process.env.DB_CLIENT', {}, [['DB_CLIENT', 'pg']]],
    ['client: process.env.DB_CLIENT', { '.env.example': 'DB_CLIENT=postgresql\n' }, [['DB_CLIENT', 'postgresql']]],
    ["type: process.env.DATABASE_TYPE || 'postgres'", {}, []],
  ])('tells a mapper its engine: %s with %j', (code, files, expected) => {
    const text = `import { DataSource } from 'typeorm'\nnew DataSource({ ${code}, url: process.env.DATABASE_URL })\n`
    const { services } = needs(['typeorm', 'pg'], { 'a.ts': text, ...files })
    const engines = services[0]?.connections.filter((c) => c.holds === 'engine') ?? []
    expect(engines.map((c) => [c.variable, c.value])).toEqual(expected)
  })

  it('needs a PostgreSQL with encryption where the code asks for it', () => {
    const code = (ssl: string) => `import { Pool } from 'pg'\nnew Pool({ connectionString: process.env.DATABASE_URL, ${ssl} })\n`
    const asked = (ssl: string) => needs(['pg'], { 'a.js': code(ssl) }).services[0]?.encrypted
    expect([asked('ssl: { rejectUnauthorized: false }'), asked('max: 5')]).toEqual([true, undefined])
  })

  it('knows a database in a file, by its driver or by the mapper that loads it', () => {
    expect(needs(['better-sqlite3'], { 'a.js': "import Database from 'better-sqlite3'" }).inFile).toBe(true)
    expect(needs(['knex', 'sqlite3', 'pg'], { 'a.js': 'knex({ client: process.env.DB_CLIENT })' }).inFile).toBe(true)
    expect(needs(['sqlite3'], { 'a.js': '' }).inFile).toBe(false)
  })

  it('gives clients of Memcached an address without a scheme', () => {
    const code = "const memjs = require('memjs')\nmemjs.Client.create(process.env.MEMCACHE_URL)\n"
    expect(needs(['memjs'], { 'a.js': code }).services[0]?.connections).toEqual([{ variable: 'MEMCACHE_URL', holds: 'host-and-port' }])
  })

  it('needs a client that code uses, and a variable that leads to the service', () => {
    const code = "import pg from 'pg'\nconst pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })\n"
    expect(needs(['pg'], { 'a.js': code })).toEqual({
      services: [
        {
          kind: 'postgres',
          optional: false,
          because: [{ file: 'a.js', line: 1, saw: "import pg from 'pg'" }],
          connections: [{ variable: 'DATABASE_URL', holds: 'url' }],
        },
      ],
      notices: [],
      inFile: false,
    })
    expect(needs(['pg'], { 'a.js': 'process.env.DATABASE_URL' }).services).toEqual([])
    expect(needs([], { 'a.js': code }).services).toEqual([])
  })

  it('takes name, release and kind from a compose file, and database and scheme from an example', () => {
    const texts = {
      'a.ts': "import { createConnection } from 'mysql2'\ncreateConnection(process.env.DATABASE_URL!)\n",
      '.env.example': 'DATABASE_URL="mysql://root:secret@localhost:3306/shop" # here\n',
    }
    expect(needs(['mysql2'], texts, [database('mariadb:10.11')]).services).toMatchObject([
      {
        kind: 'mariadb',
        release: '10.11',
        name: 'db',
        database: 'shop',
        optional: false,
        connections: [{ variable: 'DATABASE_URL', holds: 'url', scheme: 'mysql', path: '/shop' }],
      },
    ])
  })

  it('asks a mapper for the engine that it is set up with', () => {
    const texts = {
      'data-source.ts': "new DataSource({ type: 'postgres', host: process.env.DB_HOST, password: process.env.DB_PASSWORD })\n",
    }
    expect(needs(['typeorm', 'pg', 'mysql2'], texts).services).toMatchObject([
      {
        kind: 'postgres',
        connections: [
          { variable: 'DB_HOST', holds: 'host' },
          { variable: 'DB_PASSWORD', holds: 'password' },
        ],
      },
    ])
  })

  it.each([
    ['fastify-redis', 'redis'],
    ['@adonisjs/redis', 'redis'],
    ['connect-mongo', 'mongodb'],
    ['agenda', 'mongodb'],
    ['@payloadcms/db-postgres', 'postgres'],
  ])('knows what %s works with', (client, kind) => {
    const code = `import a from '${client}'\nconst at = [process.env.REDIS_HOST, process.env.MONGODB_URI, process.env.DATABASE_URL]\n`
    expect(needs([client], { 'a.ts': code }).services).toMatchObject([{ kind }])
  })

  it('holds a database that stands beside SQLite for optional', () => {
    const texts = {
      'db.js': "const a = { dialect: 'sqlite' }\nconst b = { dialect: 'postgres', url: process.env.DATABASE_URL }\n",
    }
    expect(needs(['sequelize', 'pg', 'sqlite3'], texts).services).toMatchObject([{ kind: 'postgres', optional: true }])
    expect(
      needs(['sequelize', 'sqlite3'], { 'db.js': "const a = { dialect: 'sqlite', storage: process.env.DATABASE_URL }" }).services,
    ).toEqual([])
  })

  it('reads the engine of a Prisma schema', () => {
    const schema = 'datasource db {\n  provider = "postgresql"\n  url = env("PG_URL")\n}\n'
    expect(needs(['@prisma/client'], { 'prisma/schema.prisma': schema }).services).toMatchObject([
      { kind: 'postgres', because: [{ file: 'prisma/schema.prisma', line: 2 }], connections: [{ variable: 'PG_URL', holds: 'url' }] },
    ])
    expect(needs(['@prisma/client'], { 'prisma/schema.prisma': schema.replace('postgresql', 'sqlite') }).services).toEqual([])
  })

  it('holds a service for optional whose variable is asked for first', () => {
    const code = "import Redis from 'ioredis'\nexport const redis = process.env.REDIS_URL ? new Redis(process.env.REDIS_URL) : undefined\n"
    expect(needs(['ioredis'], { 'a.ts': code }).services).toMatchObject([{ kind: 'redis', optional: true }])
  })

  it('names a service after the host in the code, which finds it then', () => {
    const code = "const { createClient } = require('redis')\ncreateClient({ url: 'redis://cache:6379' })\n"
    expect(needs(['redis'], { 'a.js': code }).services).toMatchObject([{ kind: 'redis', name: 'cache', connections: [] }])
  })

  it('says of what no variable leads to why it is left out', () => {
    const local = "const { createClient } = require('redis')\ncreateClient({ url: 'redis://localhost:6379' })\n"
    expect(needs(['redis'], { 'a.js': local })).toMatchObject({ services: [], notices: [{ code: 'service-unreachable' }] })
    const known = "const pg = require('pg')\nnew pg.Pool({ connectionString: 'postgres://me:hush@db/shop' })\n"
    const { services, notices } = needs(['pg'], { 'a.js': known })
    expect(services).toEqual([])
    expect(notices).toMatchObject([{ code: 'service-login-in-code', because: [{ file: 'a.js', line: 2 }] }])
    expect(JSON.stringify(notices)).not.toContain('hush')
  })

  it('lets mail be optional, and reads passwords from files where the code can', () => {
    const code =
      "import nodemailer from 'nodemailer'\nconst a = [process.env.SMTP_HOST, process.env.SMTP_PASS, process.env.SMTP_PASS_FILE]\n"
    expect(needs(['nodemailer'], { 'a.ts': code }).services).toMatchObject([
      {
        kind: 'mailpit',
        optional: true,
        connections: [
          { variable: 'SMTP_HOST', holds: 'host' },
          { variable: 'SMTP_PASS', holds: 'password', file: 'SMTP_PASS_FILE' },
        ],
      },
    ])
  })

  it.each([
    ['docker run -d mongo:7.0', '7.0'],
    ['mongodb://root:password@mongo:27017/ then mongo:6', '6'],
    ['Reachable at mongo:27017.', undefined],
    ['mongodb://mongo:27017', undefined],
  ])('has the release that a page names, and no port: %s', (page, release) => {
    const code = "import mongoose from 'mongoose'\nmongoose.connect(process.env.MONGODB_URL)\n"
    expect(needs(['mongoose'], { 'a.js': code, 'README.md': page }).services[0]?.release).toBe(release)
  })
})
