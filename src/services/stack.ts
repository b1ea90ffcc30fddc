import { serviceImage } from '../catalogue/services.ts'
import type { Variable } from '../model/app.ts'
import type { PublishedPort, SecretPlan, ServicePlan } from '../model/plan.ts'
import type { ServiceNeed } from '../model/service.ts'
import type { Given, Side } from './row.ts'
import { type Selection, variablesFor } from './selection.ts'
import { rowOf } from './table.ts'
import { type Wiring, wiringOf } from './wiring.ts'

/** The services beside a project's own, and what its programs get from outside. */
export interface Stack {
  readonly services: readonly ServicePlan[]
  readonly secrets: readonly SecretPlan[]
  readonly wiring: Wiring
  /** Programs have to reach a service that is elsewhere. */
  readonly outward: boolean
}

/** What the stack stands beside. */
export interface Beside {
  /** Names of the project's own services and networks. */
  readonly names: readonly string[]
  /** The services can be reached from this machine, and only from it. */
  readonly exposed: boolean
  /** Ports of this machine that are the project's own. */
  readonly ports: readonly number[]
}

/** Sets up what a project needs, and has its programs told of what is elsewhere. */
export function stackFor(selection: Selection, variables: readonly Variable[], { names: taken, exposed, ports }: Beside): Stack {
  const { here, elsewhere } = selection
  const names = namesOf(here, taken)
  const sides = here.map((need, i) => sideOf(need, names[i] ?? need.kind))
  const wiring = wiringOf(sides, variablesFor(variables, selection))
  const used = new Set(ports)
  return {
    services: sides.map((side) => sideService(side, exposed ? publishedPorts(side, used) : [])),
    secrets: [...sides.flatMap(({ row, given }) => row.run(given).secrets), ...wiring.secrets],
    wiring,
    outward: elsewhere.length > 0,
  }
}

/** The port that the repository publishes it on, or its own; the next one that no other service of this stack has. */
function publishedPorts({ need, row }: Side, used: Set<number>): readonly PublishedPort[] {
  return [row.port, ...(row.pages === undefined ? [] : [row.pages])].map((container) => {
    let host = need.published?.find((port) => port.container === container)?.host ?? container
    while (used.has(host)) host++
    used.add(host)
    return { host, container }
  })
}

/** The name that the repository uses, when it can be a host's and is free; else that of the kind, with a number when there are several. */
function namesOf(needs: readonly ServiceNeed[], taken: readonly string[]): readonly string[] {
  const used = new Set(taken)
  return needs.map(({ kind, name = kind }) => {
    const usable = /^[a-z][a-z0-9_-]{0,40}$/.test(name) && name !== 'localhost'
    const wanted = [...(usable ? [name] : []), kind, ...needs.map((_, i) => `${kind}-${i + 2}`), `${kind}-service`]
    const free = wanted.find((candidate) => !used.has(candidate)) ?? kind
    used.add(free)
    return free
  })
}

const plain = /^[A-Za-z_][\w-]{0,62}$/

function sideOf(need: ServiceNeed, name: string): Side {
  const row = rowOf(need)
  const { image, release } = serviceImage(need.flavour ?? need.kind, need.release)
  const word = (text: string | undefined, usual: string): string => (text !== undefined && plain.test(text) ? text : usual)
  const given: Given = {
    name,
    release,
    database: word(need.database, 'app'),
    user: word(need.user, row.login.user ?? ''),
    withPassword: row.login.password === 'required' || (row.login.password === 'optional' && canLogIn(need)),
    encrypted: need.encrypted === true,
    memory: row.limits.memory,
  }
  return { need, row, image, given }
}

/** Every way in which the program finds the service can carry a password. */
function canLogIn({ connections }: ServiceNeed): boolean {
  const holds = connections.map((c) => c.holds)
  return holds.includes('password') || (holds.includes('url') && !holds.includes('host') && !holds.includes('host-and-port'))
}

function sideService({ need, row, image, given }: Side, ports: readonly PublishedPort[]): ServicePlan {
  const { environment, secrets, command } = row.run(given)
  const [seen] = need.because
  return {
    name: given.name,
    source: { image },
    about: seen === undefined ? row.title : `${row.title}: ${seen.file}${seen.line === undefined ? '' : `:${seen.line}`}`,
    user: row.user,
    group: row.group,
    variables: [],
    environment,
    secrets: secrets.map((secret) => secret.name),
    dependsOn: [],
    ports,
    tmpfs: ['/tmp', ...row.tmpfs].map((path) => ({ path, megabytes: 64 })),
    volumes: (row.data?.(given.release) ?? []).map((path, i) => ({
      name: `${given.name}-${i === 0 ? 'data' : path.split('/').at(-1)}`,
      path,
    })),
    ...(need.initScripts === undefined ? {} : { mounts: need.initScripts.map(({ path, place }) => ({ path, place })) }),
    limits: row.limits,
    logs: { megabytes: 10, files: 3 },
    // Nothing is published from an internal network.
    networks: [{ name: given.name, internal: ports.length === 0 }],
    restarts: 5,
    ...(command === undefined ? {} : { command }),
    stopPeriod: row.stopPeriod,
    health: { command: row.health(given), interval: row.interval, timeout: 5, startPeriod: row.startPeriod, retries: 5 },
  }
}
