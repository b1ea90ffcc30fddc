import { describe, expect, it } from 'vitest'
import type { ImagePlan, ProcessPlan, ServicePlan } from '../model/plan.ts'
import { processServices, withOwnNames } from './processes.ts'
import type { Stack } from './stack.ts'

const health = { command: ['check'], interval: 30, timeout: 5, startPeriod: 30, retries: 3, tells: 'works' } as const
const process = (name: string, kind: ProcessPlan['kind']): ProcessPlan => ({ name, kind, argv: ['run', name], environment: {}, health })

function imageOf(processes: readonly ProcessPlan[], migration?: readonly string[]): ImagePlan {
  const plan = {
    name: 'shop',
    dockerfile: 'Dockerfile',
    stages: [],
    labels: {},
    user: 10_001,
    port: 3000,
    stopSignal: 'SIGTERM',
    health,
    entrypoint: ['run'],
    command: [],
  }
  return { ...plan, loader: { program: ['load'] }, processes, ...(migration === undefined ? {} : { migration }) }
}

const web: ServicePlan = {
  name: 'web',
  source: { dockerfile: 'Dockerfile' },
  user: 10_001,
  group: 10_001,
  variables: ['MODE'],
  environment: { HOST: 'db' },
  secrets: ['TOKEN'],
  dependsOn: [],
  ports: [{ host: 3000, container: 3000 }],
  tmpfs: [{ path: '/tmp', megabytes: 64 }],
  volumes: [{ name: 'data', path: '/data' }],
  limits: { memory: 512, cpus: 1, pids: 200, files: 4096 },
  logs: { megabytes: 10, files: 3 },
  networks: [{ name: 'frontend', internal: false }],
  restarts: 5,
  stopPeriod: 10,
  health,
}
const database: ServicePlan = {
  ...web,
  name: 'db',
  source: { image: { repository: 'postgres', tag: '18' } },
  networks: [{ name: 'db', internal: true }],
}
const stack: Stack = {
  services: [database],
  secrets: [],
  wiring: { environment: {}, variables: [], secrets: [], loaded: ['TOKEN'] },
  outward: false,
}
const every = imageOf([process('migrate', 'once'), process('worker', 'worker'), process('beat', 'scheduler'), process('seed', 'seed')])
const services = (image = every, beside = stack): Readonly<Record<string, ServicePlan>> =>
  Object.fromEntries(processServices(image, web, beside).map((service) => [service.name, service]))

describe('processServices', () => {
  it('gives each program the image, variables, secrets, volumes and hardening of the web service, and no port', () => {
    for (const service of Object.values(services())) {
      expect(service).toMatchObject({
        source: { same: 'web' },
        ports: [],
        environment: { HOST: 'db' },
        start: { loader: ['load', '/run/secrets/TOKEN', '--'], program: ['run', service.name] },
      })
      for (const key of ['user', 'group', 'variables', 'secrets', 'tmpfs', 'volumes', 'logs'] as const)
        expect(service[key]).toEqual(web[key])
    }
  })

  it('lets steps and schedulers out where a service is elsewhere', () => {
    const reaches = (beside: Stack) => services(every, beside)['migrate']?.networks.map(({ name }) => name)
    expect([reaches(stack), reaches({ ...stack, outward: true })]).toEqual([['db'], ['db', 'workers']])
  })

  it('runs steps before what runs on, and data to begin with on request', () => {
    const { migrate, worker, beat, seed } = services()
    const first = { name: 'db', until: 'healthy' }
    const done = { name: 'migrate', until: 'completed' }
    expect(migrate).toMatchObject({ dependsOn: [first], restarts: 0, health: { tells: 'nothing' } })
    for (const service of [worker, beat])
      expect(service).toMatchObject({ dependsOn: [first, done], restarts: 5, health: { tells: 'works' } })
    expect(seed).toMatchObject({ dependsOn: [first, done], restarts: 0, profile: 'seed' })
    expect([migrate, worker, beat].map((service) => service?.profile)).toEqual([undefined, undefined, undefined])
  })

  it('lets workers reach out, and nobody else beyond the services', () => {
    const names = Object.fromEntries(Object.entries(services()).map(([name, { networks }]) => [name, networks.map((n) => n.name)]))
    expect(names).toEqual({ migrate: ['db'], worker: ['db', 'workers'], beat: ['db'], seed: ['db'] })
    expect(services(every, { ...stack, services: [] })['beat']?.networks).toEqual([{ name: 'workers', internal: false }])
  })

  it('bounds a scheduler, and gives a worker time to end its work', () => {
    const { worker, beat } = services()
    expect(worker).toMatchObject({ limits: web.limits, stopPeriod: 60 })
    expect(beat).toMatchObject({ limits: { ...web.limits, memory: 256, cpus: 0.25 }, stopPeriod: 10 })
  })

  it('runs what runs once one after the other', () => {
    const steps = services(imageOf([process('cache-table', 'once'), process('migrate', 'once'), process('worker', 'worker')]))
    const over = (name?: string) => steps[name ?? '']?.dependsOn.filter(({ until }) => until === 'completed').map(({ name }) => name)
    expect(['cache-table', 'migrate', 'worker'].map(over)).toEqual([[], ['cache-table'], ['cache-table', 'migrate']])
  })

  it('waits for a web service that migrates while it starts', () => {
    const { worker } = services(imageOf([process('worker', 'worker')], ['migrate']))
    expect(worker?.dependsOn).toContainEqual({ name: 'web', until: 'healthy' })
  })
})

describe('withOwnNames', () => {
  it('numbers names that are taken, the same way each time', () => {
    const image = imageOf([process('worker', 'worker'), process('mails', 'worker'), process('mails', 'worker')])
    const names = withOwnNames(image, 'worker').processes.map(({ name }) => name)
    expect(names).toEqual(['worker-2', 'mails', 'mails-2'])
    expect(withOwnNames(image, 'worker').processes.map(({ name }) => name)).toEqual(names)
  })
})
