import { describe, expect, it } from 'vitest'
import { readCompose } from '../compose/read.ts'
import type { ServiceKind } from '../model/service.ts'
import type { Tree } from '../model/tree.ts'
import { initScripts, programsLeftOut } from './init-scripts.ts'

const files = ['db/a.sql', 'db/b.sql.gz', 'db/README.md', 'db/old/run.sh', 'mixed/1.sh', 'mixed/2.sql', 'make.js', 'tables.sql', 'run.sh']
const tree: Tree = { files: new Set(files), folders: new Set(['db', 'db/old', 'mixed']), texts: new Map(), unread: new Map() }

function found(kind: ServiceKind, mount: string, environment = '{}') {
  const text = `services:\n  db:\n    image: database\n    environment: ${environment}\n    volumes: [data:/var/lib/data, "${mount}"]\n`
  const service = readCompose(text, 'compose.yml').services[0]
  const { initScripts: scripts, ...names } = initScripts(tree, kind, service)
  return {
    ...names,
    scripts: scripts?.map(({ path, place }) => [path, place]),
    left: programsLeftOut(tree, kind, service).map((n) => n.code),
  }
}

const folder = '/docker-entrypoint-initdb.d'

describe('what a database of a compose file begins with', () => {
  it.each([
    ['a file', 'postgres', `./tables.sql:${folder}/1.sql:ro`, ['tables.sql', `${folder}/1.sql`]],
    ['a folder, whatever lies deeper', 'mysql', `./db/:${folder}/`, ['db', folder]],
    ['a script of MongoDB', 'mongodb', `make.js:${folder}/make.js`, ['make.js', `${folder}/make.js`]],
  ] as const)('%s', (_, kind, mount, script) => expect(found(kind, mount)).toMatchObject({ scripts: [script], left: [] }))

  it.each([
    ['is not there', 'postgres', `./gone.sql:${folder}/1.sql`, []],
    ['is a folder that is not there', 'postgres', `./gone:${folder}`, []],
    ['lies outside', 'postgres', `../tables.sql:${folder}/1.sql`, []],
    ['is for something else', 'postgres', './tables.sql:/data/tables.sql', []],
    ['is for no database', 'redis', `./tables.sql:${folder}/1.sql`, []],
    ['is a program', 'postgres', `./run.sh:${folder}/run.sh`, ['init-script-left-out']],
    ['has programs beside it', 'postgres', `./mixed:${folder}`, ['init-script-left-out']],
    ['is in another language', 'mongodb', `./db:${folder}`, ['init-script-left-out']],
  ] as const)('nothing that %s', (_, kind, mount, left) => expect(found(kind, mount)).toEqual({ scripts: undefined, left }))

  it.each([
    ['as it is called there', 'postgres', '{ POSTGRES_USER: shop, POSTGRES_DB: stock }', { user: 'shop', database: 'stock' }],
    ['of PostgreSQL after its user', 'postgres', '{ POSTGRES_USER: shop }', { user: 'shop', database: 'shop' }],
    ['of PostgreSQL as usual', 'postgres', '{}', { user: 'postgres', database: 'postgres' }],
    ['unknown where it is elsewhere', 'postgres', '{ POSTGRES_USER: "$A", POSTGRES_DB: "$B" }', {}],
    ['of MariaDB by either name', 'mariadb', '[MYSQL_USER=shop, MARIADB_DATABASE=stock]', { user: 'shop', database: 'stock' }],
    ['of MySQL only when said', 'mysql', '[MYSQL_ROOT_PASSWORD=a]', {}],
  ] as const)('with database and user %s', (_, kind, environment, names) => {
    expect(found(kind, `./tables.sql:${folder}/1.sql`, environment)).toEqual({
      ...names,
      scripts: [['tables.sql', `${folder}/1.sql`]],
      left: [],
    })
  })
})
