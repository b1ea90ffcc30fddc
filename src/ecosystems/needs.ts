import type { Notice, Variable } from '../model/app.ts'
import type { ComposeService } from '../model/compose.ts'
import type { Evidence } from '../model/evidence.ts'
import type { Connection, ServiceFlavour, ServiceKind, ServiceNeed } from '../model/service.ts'
import type { Tree } from '../model/tree.ts'
import { type Address, addressOf, isServiceName } from './addresses.ts'
import { asksForEncryption } from './encrypted.ts'
import { initScripts, programsLeftOut } from './init-scripts.ts'
import { type Link, leads, linksTo } from './links.ts'
import { migrationSwitches } from './migration-switch.ts'
import { fixedLogin, titles, unreachable } from './need-notices.ts'
import { optional } from './optional.ts'
import { kindOfImage, type SeenImage } from './service-images.ts'
import { toldValues } from './told.ts'

/** A service that code or settings name. */
export interface Client {
  readonly kind: ServiceKind
  readonly flavour?: ServiceFlavour
  readonly because: Evidence
  /** The program can do without: another engine is its default, or it is asked for only where it is configured. */
  readonly optional: boolean
  /** It does not run without, however its code reads the variables that lead there. */
  readonly firm?: true
  /** Variables that are known to lead to it, whatever they are called. */
  readonly connections?: readonly Connection[]
  /** What settings say outright. */
  readonly host?: string
  readonly database?: string
}

export interface Needs {
  readonly services: readonly ServiceNeed[]
  readonly notices: readonly Notice[]
}

/**
 * The services that a program needs: those of its clients to which a variable or a host in its code leads.
 * `addresses` are those in its code. A service that is configured where nothing can lead to it is told of in a notice.
 */
export function needsOf(tree: Tree, clients: readonly Client[], variables: readonly Variable[], addresses: readonly Address[]): Needs {
  const told = toldValues(tree)
  const kinds = new Set(clients.map((c) => c.kind))
  const order = Object.keys(titles)
  const all = [...kinds]
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((kind) => {
      const address = addresses.find(({ value }) => addressOf(value)?.kinds.includes(kind) === true)
      const links = linksTo(kind, kinds, variables, told)
      return needOf({
        tree,

        kind,
        clients: clients.filter((c) => c.kind === kind),
        links,
        address,
        seen: composed(tree, kind, kinds),
      })
    })
  const services = all.flatMap((n) => ('kind' in n ? [n] : []))
  const leftOut = services.flatMap(({ kind }) => programsLeftOut(tree, kind, composed(tree, kind, kinds)?.service))
  return { services, notices: [...all.flatMap((n) => ('code' in n ? [n] : [])), ...leftOut] }
}

interface Case {
  readonly tree: Tree
  readonly kind: ServiceKind
  readonly clients: readonly Client[]
  readonly links: readonly Link[]
  readonly address: Address | undefined
  readonly seen: Composed | undefined
}

function needOf(given: Case): ServiceNeed | Notice | Record<never, never> {
  const { tree, kind, clients, links, address, seen } = given
  const said = address === undefined ? undefined : addressOf(address.value)
  const stated = clients.flatMap((c) => c.connections ?? [])
  const connections = distinct([...stated, ...links.map((l) => l.connection)])
  const reached = connections.some(leads)
  const host = [...clients.map((c) => c.host), ...links.map((l) => l.role.host), said?.host].find(isServiceName)
  const configured = address !== undefined || seen !== undefined || clients.some((c) => c.connections !== undefined || c.host !== undefined)
  if (!reached && host === undefined)
    return configured && clients.some((c) => !c.optional)
      ? unreachable(
          kind,
          clients.map((c) => c.because),
          address,
        )
      : {}
  if (!reached && said?.login === true) return fixedLogin(kind, address?.because)
  const [database] = [...clients.map((c) => c.database), ...links.map((l) => l.role.database), said?.database].filter(
    (d) => d !== undefined,
  )
  const [flavour] = [seen?.image.flavour, ...clients.map((c) => c.flavour)].filter((f) => f !== undefined)
  return {
    kind: seen?.image.kind ?? kind,
    ...optional('flavour', flavour),
    ...optional('release', seen?.image.release ?? releaseTold(tree, kind)),
    ...optional('name', reached ? (seen?.service.name ?? host) : host),
    ...optional('published', publishedIn(seen?.service)),
    ...initScripts(tree, seen?.image.kind ?? kind, seen?.service),
    ...optional('database', database),
    ...(kind === 'postgres' && flavour !== 'timescaledb' && asksForEncryption(tree) ? { encrypted: true as const } : {}),
    optional: isOptional(given, stated),
    because: clients.map((c) => c.because).slice(0, 3),
    connections: [...connections, ...migrationSwitches(tree, kind)],
  }
}

/**
 * Mail and files go to somebody else in production, unless the project runs such a service itself. What the project's own compose file
 * gives its program an address of is used, whatever is the default elsewhere.
 */
function isOptional({ kind, clients, links, seen }: Case, stated: readonly Connection[]): boolean {
  if (kind === 'mailpit' || (kind === 'minio' && seen === undefined)) return true
  if (links.some((l) => l.given) || clients.some((c) => c.firm)) return false
  const leading = links.filter((l) => leads(l.connection))
  return clients.every((c) => c.optional) || (stated.length === 0 && leading.length > 0 && leading.every((l) => l.idle))
}

function distinct(connections: readonly Connection[]): readonly Connection[] {
  return connections.filter(({ variable }, i) => connections.findIndex((c) => c.variable === variable) === i)
}

interface Composed {
  readonly service: ComposeService
  readonly image: SeenImage
}

const twins: Partial<Record<ServiceKind, ServiceKind>> = { mysql: 'mariadb', mariadb: 'mysql', redis: 'valkey', valkey: 'redis' }

/** The service of a compose file that is of this kind, or of the one that speaks its protocol. */
function composed(tree: Tree, kind: ServiceKind, kinds: ReadonlySet<ServiceKind>): Composed | undefined {
  const all = (tree.compose ?? []).flatMap(({ services }) =>
    services.flatMap((service): Composed[] => {
      const image = kindOfImage(service.image?.value ?? '')
      return image === undefined ? [] : [{ service, image }]
    }),
  )
  const twin = twins[kind]
  const ofTwin = twin === undefined || kinds.has(twin) ? undefined : all.find((c) => c.image.kind === twin)
  return all.find((c) => c.image.kind === kind) ?? ofTwin
}

/** Those that stand at a fixed port of the host. */
function publishedIn(service: ComposeService | undefined): ServiceNeed['published'] {
  const ports = service?.ports.flatMap(({ host, container }) => (host === undefined ? [] : [{ host, container }])) ?? []
  return ports.length === 0 ? undefined : ports
}

/** A release that a page or a Makefile names with an image: `postgres:16-alpine`. */
function releaseTold(tree: Tree, kind: ServiceKind): string | undefined {
  for (const file of ['Makefile', 'README.md'])
    for (const [image] of (tree.texts.get(file) ?? '').matchAll(/(?<![\w/:.@-])[a-z][\w./-]{1,60}:v?\d[\w.-]{0,30}/g)) {
      const seen = kindOfImage(image)
      // `redis:6379` is an address.
      if (seen?.kind === kind && seen.release !== undefined && Number(seen.release) < 1000) return seen.release
    }
  return undefined
}
