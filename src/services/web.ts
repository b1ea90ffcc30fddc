import type { Choices } from '../model/options.ts'
import type { Dependency, ImagePlan, PublishedPort, ServicePlan } from '../model/plan.ts'
import { loading } from './loader.ts'
import type { Stack } from './stack.ts'

/** Name of the service that runs the program itself. */
export function webName({ service, port }: Choices): string {
  return service?.value ?? (port.value > 0 ? 'web' : 'worker')
}

/** The service that runs an image of ours. */
export function webService(image: ImagePlan, choices: Choices, { services, wiring }: Stack): ServicePlan {
  const { port, writable = [] } = image
  return {
    name: webName(choices),
    source: { dockerfile: image.dockerfile },
    user: image.user,
    group: image.user,
    variables: wiring.variables,
    ...(wiring.examples === undefined ? {} : { examples: wiring.examples }),
    environment: wiring.environment,
    secrets: wiring.secrets.map((secret) => secret.name),
    dependsOn: [...healthy(services), ...completed(image.processes)],
    ports: port > 0 ? publishedOn(port, choices.publish?.value) : [],
    tmpfs: ['/tmp', ...writable.filter((w) => !w.keep).map((w) => w.path)].map((path) => ({ path, megabytes: 64 })),
    volumes: writable.filter((w) => w.keep).map(({ path }) => ({ name: volumeName(path), path })),
    limits: { memory: choices.memory.value, cpus: choices.cpus.value, pids: choices.pids.value, files: 4096 },
    logs: { megabytes: 10, files: 3 },
    networks: [{ name: 'frontend', internal: false }, ...services.flatMap((service) => service.networks)],
    restarts: 5,
    ...started(image, wiring.loaded),
    stopPeriod: 10,
    health: image.health,
  }
}

/** Ports below 1024 are published 8000 higher, where no privilege is needed, unless another one is asked for. */
export function publishedOn(port: number, wanted?: string | number): readonly PublishedPort[] {
  if (wanted === undefined) return [{ host: port < 1024 ? port + 8000 : port, container: port }]
  if (wanted === 'none') return []
  const [host = port, last = host] = String(wanted)
    .split('-')
    .map(Number)
    .sort((a, b) => a - b)
  return [{ host, ...(last === host ? {} : { last }), container: port }]
}

function started({ migration, entrypoint, command, loader }: ImagePlan, secrets: readonly string[]): Pick<ServicePlan, 'start'> {
  if (migration === undefined && secrets.length === 0) return {}
  return { start: { ...loading(loader, secrets, [...entrypoint, ...command]), ...(migration === undefined ? {} : { migration }) } }
}

/** The services beside a project's own, as what has to be there first. */
export function healthy(services: Stack['services']): readonly Dependency[] {
  return services.map(({ name }) => ({ name, until: 'healthy' }))
}

/** Those that run once, as what has to be over. */
export function completed(processes: ImagePlan['processes']): readonly Dependency[] {
  return processes.filter(({ kind }) => kind === 'once').map(({ name }) => ({ name, until: 'completed' }))
}

/** `/app/public/uploads` is kept in the volume `app-public-uploads`. */
function volumeName(path: string): string {
  const name = path.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '')
  return /^[A-Za-z]/.test(name) ? name.toLowerCase() : `data-${name.toLowerCase()}`
}
