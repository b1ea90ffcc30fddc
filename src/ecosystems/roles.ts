import type { Connection, ServiceKind } from '../model/service.ts'
import { addressOf, isLocal, mysql, stores } from './addresses.ts'
import { entryOf } from './entry.ts'

/** What a variable tells of a service. */
export interface Role {
  /** Services that it may be about, the likeliest first. */
  readonly kinds: readonly ServiceKind[]
  readonly holds: Connection['holds']
  readonly scheme?: string
  readonly path?: string
  /** Of a value that names them. */
  readonly host?: string
  readonly database?: string
}

const databases: readonly ServiceKind[] = ['postgres', 'mysql', 'mariadb', 'mongodb']

/** Words of names, the longest first where one begins another. */
const subjects: readonly (readonly [RegExp, readonly ServiceKind[]])[] = [
  [/^(?:postgres(?:ql)?|pg|psql|pgsql|postgis|timescale(?:db)?)$/, ['postgres']],
  [/^mysql$/, mysql],
  [/^mariadb$/, mysql],
  [/^mongo(?:db)?$/, ['mongodb']],
  [/^(?:redis|valkey|bullmq|channels?|sidekiq)$/, stores],
  [/^(?:memcached?|memcachier)$/, ['memcached']],
  [/^(?:rabbit(?:mq)?|amqp)$/, ['rabbitmq']],
  [/^nats$/, ['nats']],
  [/^kafka$/, ['kafka']],
  [/^(?:elastic(?:search)?|es)$/, ['elasticsearch', 'opensearch']],
  [/^opensearch$/, ['opensearch', 'elasticsearch']],
  [/^meili(?:search)?$/, ['meilisearch']],
  [/^(?:minio|s3|aws)$/, ['minio']],
  [/^(?:smtp|mail|mailer|email)$/, ['mailpit']],
  [/^(?:database|db|sql|typeorm|sequelize|rdbms)$/, databases],
  [/^(?:broker|celery|queue|messagequeue)$/, ['rabbitmq', ...stores]],
  [/^cache$/, [...stores, 'memcached']],
]

/** What the rest of a name says of the value. */
const suffixes: readonly (readonly [RegExp, Connection['holds'] | 'address'])[] = [
  [/^(?:(?:connection_?)?(?:ur[li]|dsn)|conn(?:ection)?(?:_?(?:string|str))?|broker_?ur[li]|result_?backend|source|link)$/, 'url'],
  [/^(?:host(?:_?name)?|server|host_?1)$/, 'host'],
  [/^(?:addr(?:ess)?|endpoint(?:_ur[li])?|nodes?|brokers?|hosts|servers?|bootstrap_?servers?|location|host_?port)$/, 'address'],
  [/^(?:(?:host_)?port)$/, 'port'],
  [/^(?:user(?:_?name)?|login|host_user|root_user|access_key(?:_id)?)$/, 'user'],
  [/^(?:pass(?:word|wd)?|pwd|user_password|auth|host_password|root_password|secret_(?:access_)?key|master_key|api_key)$/, 'password'],
  [/^(?:name|db(?:_?name)?|database(?:_name)?|bucket(?:_name)?|storage_bucket(?:_name)?|vhost)$/, 'database'],
]

/** Words between the two that tell which of several it is. */
const between =
  /^(?:(?:activity|app|async|broker|cache|celery|channel|default|events?|main|master|prisma|primary|private|queue|rq|session|storage|upload)_)+/

/** The databases that are another's, only for tests, or a file. */
const aside = /(?:^|_)(?:test(?:ing)?|shadow|upstream|replica|readonly|ro|read|slave|legacy|remote|external|prod|staging|dev|sqlite)(?:_|$)/

/** Where a name says what it leads to and nothing else: `PAPERLESS_REDIS`, not `USE_REDIS`. */
const whole = /^(?!(?:.*_)?(?:use|using|enabled?|disabled?|with|without|has|is|no|not|skip|require)_)\w+_redis$/

/** Names of libpq's own (PostgreSQL documentation, "Environment Variables"). */
const libpq: Readonly<Record<string, Connection['holds']>> = {
  PGHOST: 'host',
  PGPORT: 'port',
  PGUSER: 'user',
  PGPASSWORD: 'password',
  PGDATABASE: 'database',
}

/** What a variable holds, by its name and by the values that the repository gives it. */
export function roleOf(name: string, values: readonly string[]): Role | undefined {
  const words = name.replace(/([a-z0-9])(?=[A-Z])/g, '$1_').toLowerCase()
  if (aside.test(words)) return undefined
  const told = values.map(addressOf).filter((role) => role !== undefined)
  const [best] = [...told.filter((role) => !isLocal(role.host)), ...told]
  if (best !== undefined) return best
  const own = entryOf(libpq, name)
  const named = own === undefined ? byWords(words) : { kinds: ['postgres' as const], suffix: own }
  if (named === undefined) return undefined
  const { kinds, suffix } = named
  const plain = values.filter((value) => value !== '' && !/^\d+$/.test(value))
  const database = suffix === 'database' ? plain.find((value) => /^[\w-]+$/.test(value)) : undefined
  const host =
    suffix === 'host' || suffix === 'address' ? plain.map((value) => hostIn(value)).find((h) => h !== '' && !isLocal(h)) : undefined
  // A number is an index, and a path is a file.
  if (suffix === 'database' && values.some((value) => /^\d+$|[/.]/.test(value))) return undefined
  return {
    kinds,
    holds: suffix === 'address' ? addressForm(kinds, plain) : suffix,
    ...(suffix === 'address' && /https?:/.test(plain[0] ?? '') ? { scheme: 'http' } : {}),
    ...(host === undefined ? {} : { host }),
    ...(database === undefined ? {} : { database }),
  }
}

/** The services that a word names by what they are: `postgresql`, not `database`. */
export function namedBy(word: string): readonly ServiceKind[] {
  const kinds = subjects.find(([subject]) => subject.test(word.toLowerCase()))?.[1] ?? []
  return kinds.length > 2 ? [] : kinds
}

/** A name ends in a subject and what is told of it: `DISPATCH_DATABASE_HOSTNAME`, `REDIS_URL`, `POSTGRES_DB`. */
function byWords(words: string): { readonly kinds: readonly ServiceKind[]; readonly suffix: Connection['holds'] | 'address' } | undefined {
  const parts = words.split('_')
  for (let i = 0; i < parts.length - 1; i++) {
    const subject = subjects.find(([word]) => word.test(parts[i] ?? ''))
    const rest = parts.slice(i + 1).join('_')
    const suffix = suffixes.find(([word]) => word.test(rest)) ?? suffixes.find(([word]) => word.test(rest.replace(between, '')))
    if (subject === undefined || suffix === undefined) continue
    // A sender's name is no database's.
    return subject[1].includes('mailpit') && suffix[1] === 'database' ? undefined : { kinds: subject[1], suffix: suffix[1] }
  }
  return whole.test(words) ? { kinds: stores, suffix: 'url' } : undefined
}

/** Kinds whose programs are told by a URL of HTTP. */
const overHttp: readonly ServiceKind[] = ['elasticsearch', 'opensearch', 'meilisearch', 'minio']

function addressForm(kinds: readonly ServiceKind[], values: readonly string[]): Connection['holds'] {
  if (values.some((value) => value.includes('://'))) return 'url'
  if (values.length === 0 && kinds.some((kind) => overHttp.includes(kind))) return 'url'
  return values.length > 0 && values.every((value) => !value.includes(':')) ? 'host' : 'host-and-port'
}

function hostIn(value: string): string {
  return (/^(?:[a-z][a-z0-9+]*:\/\/)?(?:[^\s@/]*@)?([^\s:/?#@]*)/i.exec(value)?.[1] ?? '').toLowerCase()
}
