import type { HealthCheck, ImageRef, Plan, ServiceNetwork, ServicePlan } from '../model/plan.ts'
import { secretsFolder } from '../model/secrets.ts'
import type { Citations } from './cite.ts'
import { name, shellCommand } from './words.ts'

/** What templates/compose.hbs reads. */
export interface ComposeView extends Citations {
  readonly project: string | null
  readonly services: readonly ServiceView[]
  readonly networks: readonly { readonly network: string; readonly internal: boolean }[]
  readonly volumes: readonly string[] | null
  readonly secrets: readonly { readonly secret: string; readonly file: string }[] | null
}

type VolumeView = ServicePlan['volumes'][number] & { readonly shared: boolean }

interface ServiceView {
  readonly service: string
  readonly about: string | null
  readonly dockerfile: string | null
  /** The name of the image, where several services run it. */
  readonly shared: string | null
  readonly profile: string | null
  readonly from: ImageRef | null
  /** Its lines have comments: once in a file is enough. */
  readonly explained: boolean
  readonly dependsOn: readonly { readonly other: string; readonly condition: string }[] | null
  readonly tag: string | null
  readonly buildSecrets: readonly string[] | null
  /** Its image has names of its own. */
  readonly labelled: boolean
  readonly user: string
  readonly environment: readonly string[] | null
  readonly examples: readonly string[] | null
  readonly variables: readonly string[] | null
  readonly secrets: readonly string[] | null
  readonly tmpfs: readonly string[]
  readonly volumes: readonly VolumeView[] | null
  readonly mounts: readonly { readonly source: string; readonly place: string }[] | null
  readonly memory: string
  readonly cpus: number
  readonly pids: number
  readonly files: number
  readonly logSize: string
  readonly logFiles: string
  readonly ports: readonly string[] | null
  readonly networks: readonly string[]
  readonly command: readonly string[] | null
  readonly program: readonly string[] | null
  readonly migrates: boolean
  readonly restart: string
  readonly stop: string
  readonly added: readonly string[] | null
  readonly health: {
    readonly works: boolean
    readonly runs: boolean
    readonly ends: boolean
    readonly page: boolean
    readonly explained: boolean
    readonly command: readonly string[]
    readonly interval: string
    readonly timeout: string
    readonly startPeriod: string
    readonly retries: number
  }
}

/** The view of all services, with the networks and volumes that they name. Everything is in the order of its name. */
export function composeView({ project, services, secrets }: Plan, citations: Citations): ComposeView {
  const sorted = services.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const first = sorted.find((service) => 'dockerfile' in service.source)
  return {
    ...citations,
    project: project ?? null,
    services: sorted.map((service) => serviceView(service, service === first, services)),
    networks: networksOf(services.flatMap((s) => s.networks)),
    volumes: filled(distinct(services.flatMap((s) => s.volumes.map((v) => v.name)))),
    secrets: filled(distinct(secrets.map((s) => s.name)).map((name) => ({ secret: name, file: `./${secretsFolder}/${name}` }))),
  }
}

function networksOf(networks: readonly ServiceNetwork[]): ComposeView['networks'] {
  return distinct(networks.map((n) => n.name)).map((network) => ({
    network,
    internal: networks.some((n) => n.name === network && n.internal),
  }))
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}

/** A list for a template: null where there is nothing to go through. */
export function filled<T>(list: readonly T[]): readonly T[] | null {
  return list.length > 0 ? list : null
}

function serviceView(service: ServicePlan, explained: boolean, all: readonly ServicePlan[]): ServiceView {
  const { limits, logs, source, start, networks, ports, tmpfs } = service
  return {
    service: service.name,
    about: service.about ?? null,
    dockerfile: 'dockerfile' in source ? source.dockerfile : null,
    shared: sharedImage(service, all),
    profile: service.profile ?? null,
    from: 'image' in source ? source.image : null,
    explained,
    dependsOn: filled(
      service.dependsOn
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, until }) => ({ other: name, condition: until === 'healthy' ? 'service_healthy' : 'service_completed_successfully' })),
    ),
    user: `${service.user}:${service.group}`,
    environment: filled(Object.entries(service.environment).map(([key, value]) => `${name(key)}=${value}`)),
    examples: filled(Object.entries(service.examples ?? {}).map(([key, value]) => `${name(key)}=${value}`)),
    variables: filled(service.variables),
    secrets: filled(distinct(service.secrets)),
    tmpfs: tmpfs.map((t) => tmpfsOf(t, service)),
    volumes: filled(service.volumes.map((volume) => ({ ...volume, shared: isShared(volume, service, all) }))),
    mounts: filled((service.mounts ?? []).map(({ path, place }) => ({ source: `./${path}`, place }))),
    buildSecrets: filled(distinct(service.buildSecrets ?? [])),
    tag: 'dockerfile' in source ? (service.tag ?? null) : null,
    labelled: 'dockerfile' in source && (service.tag !== undefined || sharedImage(service, all) !== null),
    memory: `${limits.memory}m`,
    cpus: limits.cpus,
    pids: limits.pids,
    files: limits.files,
    logSize: `${logs.megabytes}m`,
    logFiles: String(logs.files),
    ports: filled(ports.map(({ host, last, container }) => `127.0.0.1:${host}${last === undefined ? '' : `-${last}`}:${container}`)),
    networks: distinct(networks.map((n) => n.name)),
    command: service.command ?? null,
    program: start === undefined ? null : programOf(start),
    migrates: start?.migration !== undefined,
    restart: service.restarts === 0 ? 'no' : `on-failure:${service.restarts}`,
    stop: `${service.stopPeriod}s`,
    added: service.added?.map((line) => (line === '' ? '' : `    ${line}`)) ?? null,
    health: healthView(service.health, explained),
  }
}

/** Whether another service has the volume too. */
function isShared({ name }: ServicePlan['volumes'][number], service: ServicePlan, all: readonly ServicePlan[]): boolean {
  return all.some((other) => other.name !== service.name && other.volumes.some((v) => v.name === name))
}

/** The service that builds the image, for all that run it when those are several. */
function sharedImage({ name, source }: ServicePlan, all: readonly ServicePlan[]): string | null {
  if ('same' in source) return source.same
  return all.some((other) => 'same' in other.source && other.source.same === name) ? name : null
}

/** Over a folder that the image has, Docker keeps the folder's mode whatever is asked: then its owner decides. */
function tmpfsOf({ path, megabytes }: ServicePlan['tmpfs'][number], { user, group }: ServicePlan): string {
  const owner = path === '/tmp' ? '' : `uid=${user},gid=${group},`
  return `${path}:size=${megabytes}m,${owner}mode=1777,noexec,nosuid,nodev`
}

function healthView(health: HealthCheck, explained: boolean): ServiceView['health'] {
  const seconds = (n: number): string => `${n}s`
  return {
    works: health.tells === 'works',
    runs: health.tells === 'runs',
    ends: health.tells === 'nothing',
    page: health.tells === 'page',
    explained: explained && health.tells !== 'page',
    command: ['CMD', ...health.command],
    interval: seconds(health.interval),
    timeout: seconds(health.timeout),
    startPeriod: seconds(health.startPeriod),
    retries: health.retries,
  }
}

/** What a migration writes can be changed under the user id of the next start, whatever that is; the shell is gone once the program runs. */
export function programOf({ loader, migration, program }: NonNullable<ServicePlan['start']>): readonly string[] {
  if (migration === undefined) return [...loader, ...program]
  return [...loader, 'sh', '-c', `umask 0 && ${shellCommand({ argv: migration })} && exec "$@"`, 'sh', ...program]
}
