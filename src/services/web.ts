import type { Choices } from '../model/options.ts'
import type { ImagePlan, ServicePlan } from '../model/plan.ts'

/** The service that runs an image of ours. Ports below 1024 are published 8000 higher, where no privilege is needed. */
export function webService(image: ImagePlan, choices: Choices): ServicePlan {
  const { port, writable = [] } = image
  return {
    name: port > 0 ? 'web' : 'worker',
    dockerfile: image.dockerfile,
    user: image.user,
    variables: image.variables ?? [],
    ports: port > 0 ? [{ host: port < 1024 ? port + 8000 : port, container: port }] : [],
    tmpfs: ['/tmp', ...writable.filter((w) => !w.keep).map((w) => w.path)].map((path) => ({ path, megabytes: 64 })),
    volumes: writable.filter((w) => w.keep).map(({ path }) => ({ name: volumeName(path), path })),
    limits: { memory: choices.memory.value, cpus: choices.cpus.value, pids: choices.pids.value, files: 4096 },
    logs: { megabytes: 10, files: 3 },
    networks: ['frontend'],
    restarts: 5,
    ...(image.migration === undefined ? {} : { migration: { first: image.migration, program: [...image.entrypoint, ...image.command] } }),
    stopPeriod: 10,
    health: image.health,
  }
}

/** `/app/public/uploads` is kept in the volume `app-public-uploads`. */
function volumeName(path: string): string {
  const name = path.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '')
  return /^[A-Za-z]/.test(name) ? name.toLowerCase() : `data-${name.toLowerCase()}`
}
