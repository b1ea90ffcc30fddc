import type { ImagePlan, ProcessPlan, ServicePlan } from '../model/plan.ts'
import { loading } from './loader.ts'
import type { Stack } from './stack.ts'
import { completed, healthy } from './web.ts'

/** The image with its further programs under names that no other service has: those of the project's own programs come first. */
export function withOwnNames(image: ImagePlan, web: string): ImagePlan {
  const used = new Set([web])
  const processes = image.processes.map((process): ProcessPlan => {
    const wanted = [process.name, ...image.processes.map((_, i) => `${process.name}-${i + 2}`)]
    const name = wanted.find((candidate) => !used.has(candidate)) ?? process.name
    used.add(name)
    return { ...process, name }
  })
  return { ...image, processes }
}

// A worker may need the world, to send a mail; nobody needs the worker.
const world = { name: 'workers', internal: false }

/** A service for each further program of an image: hardened, told and given its secrets as the web service is. */
export function processServices(image: ImagePlan, web: ServicePlan, { services, wiring, outward }: Stack): readonly ServicePlan[] {
  const inward = services.flatMap((service) => service.networks)
  return image.processes.map(({ name, kind, argv, environment, health }, i): ServicePlan => {
    const { limits, stopPeriod } = bounds(kind, web)
    const goesOut = kind === 'worker' || inward.length === 0 || outward
    // Migrations that the web service makes while it starts have to be over.
    const first = image.migration === undefined ? [] : [{ name: web.name, until: 'healthy' } as const]
    return {
      ...web,
      name,
      source: { same: web.name },
      ...(kind === 'seed' ? { profile: name } : {}),
      environment: { ...web.environment, ...environment },
      dependsOn: [
        ...healthy(services),
        ...(kind === 'once' ? completed(image.processes.slice(0, i)) : [...completed(image.processes), ...first]),
      ],
      ports: [],
      limits,
      networks: [...inward, ...(goesOut ? [world] : [])],
      restarts: ends(kind) ? 0 : web.restarts,
      start: loading(image.loader, wiring.loaded, argv),
      stopPeriod,
      health: ends(kind) ? { ...health, tells: 'nothing' } : health,
    }
  })
}

function ends(kind: ProcessPlan['kind']): boolean {
  return kind === 'once' || kind === 'seed'
}

/** One that only starts work needs little; one that does it may need time to end what it has begun. */
function bounds(kind: ProcessPlan['kind'], { limits }: ServicePlan): Pick<ServicePlan, 'limits' | 'stopPeriod'> {
  if (kind === 'scheduler')
    return { limits: { ...limits, memory: Math.min(limits.memory, 256), cpus: Math.min(limits.cpus, 0.25) }, stopPeriod: 10 }
  return { limits, stopPeriod: kind === 'worker' ? 60 : 10 }
}
