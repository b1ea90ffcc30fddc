import type { HealthCheck, ServicePlan } from '../model/plan.ts'
import type { Citations } from './cite.ts'
import { shellCommand } from './words.ts'

/** What templates/compose.hbs reads. */
export interface ComposeView extends Citations {
  readonly project: string | null
  readonly services: readonly ServiceView[]
  readonly networks: readonly string[]
  readonly volumes: readonly string[] | null
}

interface ServiceView {
  readonly service: string
  readonly dockerfile: string
  readonly user: string
  readonly variables: readonly string[] | null
  readonly tmpfs: readonly string[]
  readonly volumes: ServicePlan['volumes'] | null
  readonly memory: string
  readonly cpus: number
  readonly pids: number
  readonly files: number
  readonly logSize: string
  readonly logFiles: string
  readonly ports: readonly string[] | null
  readonly networks: readonly string[]
  readonly program: readonly string[] | null
  readonly restart: string
  readonly stop: string
  readonly health: {
    readonly command: readonly string[]
    readonly interval: string
    readonly timeout: string
    readonly startPeriod: string
    readonly retries: number
  }
}

/** The view of all services, with the networks that they name. */
export function composeView(project: string | null, services: readonly ServicePlan[], citations: Citations): ComposeView {
  const volumes = distinct(services.flatMap((s) => s.volumes.map((v) => v.name)))
  return {
    ...citations,
    project,
    services: services.map(serviceView),
    networks: distinct(services.flatMap((s) => s.networks)),
    volumes: volumes.length > 0 ? volumes : null,
  }
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}

function serviceView(service: ServicePlan): ServiceView {
  const { limits, logs } = service
  return {
    service: service.name,
    dockerfile: service.dockerfile,
    user: `${service.user}:${service.user}`,
    variables: service.variables.length > 0 ? service.variables : null,
    tmpfs: service.tmpfs.map((t) => `${t.path}:size=${t.megabytes}m,mode=1777,noexec,nosuid,nodev`),
    volumes: service.volumes.length > 0 ? service.volumes : null,
    memory: `${limits.memory}m`,
    cpus: limits.cpus,
    pids: limits.pids,
    files: limits.files,
    logSize: `${logs.megabytes}m`,
    logFiles: String(logs.files),
    ports: service.ports.length > 0 ? service.ports.map((p) => `127.0.0.1:${p.host}:${p.container}`) : null,
    networks: service.networks,
    program: service.migration === undefined ? null : migrating(service.migration),
    restart: `on-failure:${service.restarts}`,
    stop: `${service.stopPeriod}s`,
    health: healthView(service.health),
  }
}

function healthView(health: HealthCheck): ServiceView['health'] {
  const seconds = (n: number): string => `${n}s`
  return {
    command: ['CMD', ...health.command],
    interval: seconds(health.interval),
    timeout: seconds(health.timeout),
    startPeriod: seconds(health.startPeriod),
    retries: health.retries,
  }
}

/** What it writes can be changed under the user id of the next start, whatever that is; the shell is gone once the program runs. */
function migrating({ first, program }: NonNullable<ServicePlan['migration']>): readonly string[] {
  return ['sh', '-c', `umask 0 && ${shellCommand({ argv: first })} && exec "$@"`, 'sh', ...program]
}
