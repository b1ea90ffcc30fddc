import type { Lock, LockedFact } from '../model/artifact.ts'
import { type ServiceFlavour, type ServiceKind, type ServiceNeed, serviceNames } from '../model/service.ts'

const prefix = 'service '
// What can be found again among the words of a fact.
const plain = /^[\w.,:-]+$/
const spoken: Partial<Record<ServiceKind, ServiceKind>> = { redis: 'valkey', valkey: 'redis', mysql: 'mariadb', mariadb: 'mysql' }

/** What files told of each service: `service postgres`, `name=db release=16`. Of one of which they told nothing there is no fact. */
export function serviceFacts(services: readonly ServiceNeed[]): readonly (readonly [string, LockedFact])[] {
  return services.flatMap(({ kind, name, release, flavour, database, published }) => {
    const ports = published?.map(({ host, container }) => `${host}:${container}`).join(',')
    const told = Object.entries({ name, release, flavour, database, published: ports }).filter(
      ([, value]) => value !== undefined && plain.test(value),
    )
    return told.length === 0 ? [] : [[`${prefix}${kind}`, { value: told.map(([key, value]) => `${key}=${value}`).join(' ') }] as const]
  })
}

/** Whether a fact is one of these. */
export function isServiceFact(name: string): boolean {
  return name.startsWith(prefix)
}

/**
 * The services as they were told of last, where the repository tells nothing of them any more: a compose file that ours replaced is gone,
 * and another name or release would leave the data behind.
 */
export function asToldBefore(services: readonly ServiceNeed[], { facts }: Lock): readonly ServiceNeed[] {
  const kinds = new Set(services.map(({ kind }) => kind))
  return services.map((need) => {
    const other = spoken[need.kind]
    const fact = facts.get(`${prefix}${need.kind}`)
    if (fact !== undefined) return { ...told(fact.value), ...need }
    const spokenAs = other === undefined || kinds.has(other) ? undefined : facts.get(`${prefix}${other}`)
    return spokenAs === undefined || other === undefined ? need : { ...told(spokenAs.value), ...need, kind: other }
  })
}

const patterns = {
  name: /\bname=([a-z][a-z0-9_-]{0,40})(?= |$)/i,
  release: /\brelease=(\d+(?:\.\d+)?)(?= |$)/,
  flavour: /\bflavour=([a-z]+)(?= |$)/,
  database: /\bdatabase=([\w.-]{1,63})(?= |$)/,
} as const

/** What a fact holds; the lock may have been edited, so what does not look like it is left out. */
function told(value: string): Partial<ServiceNeed> {
  const said = (pattern: RegExp): string | undefined => pattern.exec(value)?.[1]
  const [name, release, flavour, database] = [said(patterns.name), said(patterns.release), said(patterns.flavour), said(patterns.database)]
  const ports = [...(/\bpublished=([\d:,]+)/.exec(value)?.[1] ?? '').matchAll(/(\d{1,5}):(\d{1,5})/g)]
  return {
    ...(name === undefined ? {} : { name }),
    ...(release === undefined ? {} : { release }),
    ...(database === undefined ? {} : { database }),
    ...(flavour !== undefined && serviceNames.includes(flavour) ? { flavour: flavour as ServiceFlavour } : {}),
    ...(ports.length === 0
      ? {}
      : { published: ports.map(([, host, container]) => ({ host: Number(host), container: Number(container) })) }),
  }
}
