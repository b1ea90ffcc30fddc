import type { Variable } from '../../model/app.ts'
import type { Connection, ServiceKind, ServiceNeed } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import { type Address, addressesIn, isLocal } from '../addresses.ts'
import { type Client, type Needs, needsOf } from '../needs.ts'
import { evidenceAt } from '../search.ts'
import { first } from './find.ts'
import type { Setting } from './settings-file.ts'
import type { GoFile } from './source.ts'

/** Modules that talk to a service, by the beginning of their import path. */
const clients: readonly (readonly [string, ServiceKind])[] = [
  ['github.com/lib/pq', 'postgres'],
  ['github.com/jackc/pgx', 'postgres'],
  ['gorm.io/driver/postgres', 'postgres'],
  ['github.com/go-pg/pg', 'postgres'],
  ['github.com/uptrace/bun/driver/pgdriver', 'postgres'],
  ['github.com/jinzhu/gorm/dialects/postgres', 'postgres'],
  ['github.com/go-sql-driver/mysql', 'mysql'],
  ['gorm.io/driver/mysql', 'mysql'],
  ['github.com/jinzhu/gorm/dialects/mysql', 'mysql'],
  ['go.mongodb.org/mongo-driver', 'mongodb'],
  ['gopkg.in/mgo', 'mongodb'],
  ['github.com/redis/go-redis', 'redis'],
  ['github.com/go-redis/redis', 'redis'],
  ['github.com/gomodule/redigo', 'redis'],
  ['github.com/redis/rueidis', 'redis'],
  ['github.com/hibiken/asynq', 'redis'],
  ['github.com/valkey-io/valkey-go', 'valkey'],
  ['github.com/bradfitz/gomemcache', 'memcached'],
  ['github.com/rabbitmq/amqp091-go', 'rabbitmq'],
  ['github.com/streadway/amqp', 'rabbitmq'],
  ['github.com/nats-io/nats.go', 'nats'],
  ['github.com/segmentio/kafka-go', 'kafka'],
  ['github.com/IBM/sarama', 'kafka'],
  ['github.com/Shopify/sarama', 'kafka'],
  ['github.com/twmb/franz-go', 'kafka'],
  ['github.com/confluentinc/confluent-kafka-go', 'kafka'],
  ['github.com/elastic/go-elasticsearch', 'elasticsearch'],
  ['github.com/olivere/elastic', 'elasticsearch'],
  ['github.com/opensearch-project/opensearch-go', 'opensearch'],
  ['github.com/meilisearch/meilisearch-go', 'meilisearch'],
  ['github.com/minio/minio-go', 'minio'],
]
const sqlite =
  /^(?:github\.com\/mattn\/go-sqlite3|modernc\.org\/sqlite|gorm\.io\/driver\/sqlite|github\.com\/jinzhu\/gorm\/dialects\/sqlite|github\.com\/uptrace\/bun\/driver\/sqliteshim|github\.com\/glebarez\/(?:go-)?sqlite|github\.com\/ncruces\/go-sqlite3|zombiezen\.com\/go\/sqlite|go\.etcd\.io\/bbolt|github\.com\/dgraph-io\/badger|github\.com\/asdine\/storm)/
const databases: ReadonlySet<ServiceKind> = new Set(['postgres', 'mysql', 'mongodb'])
const searchIndex = /^github\.com\/blevesearch\/bleve(?:\/|$)/
const searchEngines: ReadonlySet<ServiceKind> = new Set(['elasticsearch', 'opensearch', 'meilisearch'])

/** Services whose clients the program imports. Of several databases, of one beside a built-in store, and of a search engine beside a built-in index, each is optional. */
export function goServices(tree: Tree, graph: readonly GoFile[], variables: readonly Variable[], settings: readonly Setting[] = []): Needs {
  const found = graph.flatMap((file) => clientsIn(file))
  const engines = new Set(found.filter((c) => databases.has(c.kind)).map((c) => c.kind))
  const imported = (what: RegExp): boolean => graph.some((f) => f.imports.some((i) => what.test(i.value)))
  const [stores, searches] = [imported(sqlite) || engines.size > 1, imported(searchIndex)]
  const known = found.map((c) => ({ ...c, optional: (stores && databases.has(c.kind)) || (searches && searchEngines.has(c.kind)) }))
  const addresses = [...addressesIn(graph.map((f) => [f.file, f.code])), ...settings, ...fixedHosts(graph, engines, settings)]
  const { services, ...rest } = needsOf(tree, known, variables, addresses)
  const strict = imported(/^github\.com\/(?:lib\/pq$|go-pg\/pg(?:\/|$)|uptrace\/bun\/driver\/pgdriver$)/)
  return { ...rest, services: (strict ? services.map(withoutTls) : services).map((need) => asDsn(withMode(need, variables))) }
}

// `host = "localhost"`, or a part of what a driver takes: `host=db user=…`.
const fixedHost =
  /\b(?:\w{0,20}_)?host\s{1,10}(?::=|=)\s{0,4}"(localhost|127\.0\.0\.1)"|["`][^"`\n]{0,80}\bhost=(127\.0\.0\.1|[a-z][a-z0-9_-]{0,40})(?=[ "`])/gi

const inDatabase = /(?:data|db|mongo|mysql|postgres|sql|store).*host$/i

/** Where the code itself, or a file of settings that it opens, says the host of its database. */
function fixedHosts(graph: readonly GoFile[], engines: ReadonlySet<ServiceKind>, settings: readonly Setting[]): readonly Address[] {
  const [kind, other] = engines
  if (kind === undefined || other !== undefined) return []
  const hit = first(graph, fixedHost)
  const set = settings.find(({ section, name, value }) => inDatabase.test(`${section}.${name}`) && isLocal(value.replace(/:\d+$/, '')))
  if (hit === undefined && set !== undefined) return [{ value: `${kind}://localhost`, because: set.because }]
  return hit === undefined ? [] : [{ value: `${kind}://${hit.groups[1] ?? hit.groups[2] ?? ''}`, because: hit.evidence }]
}

/** The driver of MySQL takes no URL; where the repository shows one, its code makes of that what the driver takes. */
function asDsn(need: ServiceNeed): ServiceNeed {
  if (need.kind !== 'mysql' && need.kind !== 'mariadb') return need
  // Without it dates come as bytes, which few programs expect.
  const usual = `/${need.database ?? 'app'}?parseTime=true`
  const connections = need.connections.map((connection): Connection => {
    const { holds, scheme, path = usual } = connection
    return holds !== 'url' || scheme !== undefined ? connection : { ...connection, form: 'tcp', path }
  })
  return { ...need, connections }
}

/** lib/pq, go-pg and the driver of bun ask for an encrypted connection unless they are told not to; between two containers of one network there is none. */
function withoutTls(need: ServiceNeed): ServiceNeed {
  if (need.kind !== 'postgres') return need
  const connections = need.connections.map((connection): Connection => {
    const { holds, path = `/${need.database ?? 'app'}` } = connection
    return holds !== 'url' || path.includes('sslmode=')
      ? connection
      : { ...connection, path: `${path}${path.includes('?') ? '&' : '?'}sslmode=disable` }
  })
  return { ...need, connections }
}

const sslMode = /^(?:\w{1,40}_)?(?:DB|DATABASE|PG|POSTGRES(?:QL)?|PSQL|SQL)_?SSL_?MODE$/

/** The same where a variable without a default says it: an empty one is refused. */
function withMode(need: ServiceNeed, variables: readonly Variable[]): ServiceNeed {
  if (need.kind !== 'postgres') return need
  const open = variables.filter((v) => (v.default ?? '') === '' && sslMode.test(v.name))
  return {
    ...need,
    connections: [...need.connections, ...open.map((v): Connection => ({ variable: v.name, holds: 'engine', value: 'disable' }))],
  }
}

function clientsIn({ file, text, imports }: GoFile): readonly Client[] {
  return imports.flatMap(({ value, at }): readonly Client[] => {
    const kind = clients.find(([path]) => value === path || value.startsWith(`${path}/`))?.[1]
    return kind === undefined ? [] : [{ kind, because: evidenceAt(file, text, at), optional: false }]
  })
}
