import type { Evidence } from '../model/evidence.ts'
import type { ServiceKind } from '../model/service.ts'
import { dsnOf, type Said } from './dsn.ts'
import { evidenceAt } from './search.ts'

/** An address that stands in code or settings. */
export interface Address {
  readonly value: string
  readonly because: Evidence
}

/** Services that speak one protocol, the likeliest first. */
export const stores: readonly ServiceKind[] = ['redis', 'valkey']
export const mysql: readonly ServiceKind[] = ['mysql', 'mariadb']

const schemes: readonly (readonly [RegExp, readonly ServiceKind[]])[] = [
  [/^(?:postgres(?:ql)?(?:\+\w+)?|postgis|pgsql|psql)$/, ['postgres']],
  [/^(?:mysql2?|mariadb)(?:\+\w+)?$/, mysql],
  [/^mongodb$/, ['mongodb']],
  [/^(?:redis|rediscache|valkey)$/, stores],
  [/^(?:memcached?|pymemcache)$/, ['memcached']],
  [/^(?:py)?amqp$/, ['rabbitmq']],
  [/^nats$/, ['nats']],
  [/^smtp$/, ['mailpit']],
]

const address = /^([a-z][a-z0-9+]*):\/\/(?:[^\s@/]*@)?(\[[^\]]*\]|[^\s:/?#@]*)(?::(\d+))?(\/[^\s]*)?$/i

/** What the address of a service says; undefined for other texts. */
export function addressOf(value: string): Said | undefined {
  const match = address.exec(value.trim())
  const [, scheme = '', host = '', , path] = match ?? []
  const row = schemes.find(([name]) => name.test(scheme.toLowerCase()))
  if (match === null || row === undefined) return dsnOf(value.trim())
  const database = /^\/([\w-]+)(?:\?|$)/.exec(path ?? '')?.[1]
  return {
    kinds: row[1],
    holds: 'url',
    scheme: scheme.toLowerCase(),
    ...(path === undefined || path === '/' ? {} : { path }),
    ...(host === '' ? {} : { host }),
    ...(database === undefined || /^\d+$/.test(database) ? {} : { database }),
    login: value.includes('@'),
  }
}

/** A host that is the machine itself. */
export function isLocal(host: string | undefined): boolean {
  return host === undefined || host === '' || /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]|host\.docker\.internal)$/i.test(host)
}

/** A name that a service of a compose file can have. */
export function isServiceName(host: string | undefined): host is string {
  return host !== undefined && !isLocal(host) && /^[a-z][a-z0-9_-]{0,40}$/i.test(host)
}

const literals = /\b(?:postgres(?:ql)?|mysql2?|mariadb|mongodb|rediss?|amqps?|nats):\/\/[^\s'"`<>\\)]{1,200}/g

// Services that ask nobody who they are: a name and a port are the whole address.
const ports: Readonly<Record<string, string>> = { '6379': 'redis', '11211': 'memcached', '4222': 'nats' }
const name = '["\'`]([a-z][a-z0-9_-]{0,40})'
const named = new RegExp(
  String.raw`${name}:(6379|11211|4222)["'\x60]|\bhost\s{0,4}:\s{0,4}${name}["'\x60]\s{0,4},\s{0,20}port\s{0,4}:\s{0,4}["']?(6379|11211|4222)\b`,
  'g',
)

/** Addresses of services in code, lines of comments and those with gaps left out. */
export function addressesIn(texts: Iterable<readonly [file: string, text: string]>): readonly Address[] {
  return [...texts].flatMap(([file, text]) =>
    [...text.matchAll(literals), ...text.matchAll(named)].slice(0, 200).flatMap((match) => {
      const because = evidenceAt(file, text, match.index)
      const [whole, host = match[3], port = match[4]] = match
      const value = host === undefined ? whole : `${ports[port ?? '']}://${host}:${port}`
      return /^(?:\/\/|#|\*)/.test(because.saw) || /[${%]/.test(value) ? [] : [{ value, because }]
    }),
  )
}
