import type { Choices } from '../model/options.ts'
import type { ImagePlan, Plan, ServicePlan, Stage } from '../model/plan.ts'
import type { Floor, LimitName } from '../model/preset.ts'
import { packageSources } from './packages.ts'
import { mirrored } from './registries.ts'
import { trusting } from './trust.ts'

/** The plan with the choices that mean the same in every ecosystem. What nobody chose changes nothing. */
export function adjusted(plan: Plan, choices: Choices, floors: readonly Floor[] = []): Plan {
  const images = plan.images.map((image) => adjustedImage(image, choices))
  const services = plan.services.map((service) => adjustedService(service, images, choices))
  const secrets = Object.keys(choices['build-secrets']?.value ?? {}).map((name) => ({ name }))
  return mirrored(
    {
      ...plan,
      images,
      secrets: [...plan.secrets, ...secrets],
      services: services.map((service) => ({ ...service, limits: bounded(service.limits, floors) })),
    },
    choices.registries?.value ?? {},
  )
}

/** Limits of services that nobody chose follow the floors. */
function bounded(limits: ServicePlan['limits'], floors: readonly Floor[]): ServicePlan['limits'] {
  const within = (name: LimitName, at: number, floor: Floor): number =>
    floor.floor === name && ('min' in floor || 'max' in floor)
      ? Math.min(Math.max(at, floor.min ?? 0), floor.max ?? Number.POSITIVE_INFINITY)
      : at
  const names: readonly LimitName[] = ['memory', 'cpus', 'pids', 'files']
  return {
    ...limits,
    ...Object.fromEntries(names.map((name) => [name, floors.reduce((at, floor) => within(name, at, floor), limits[name])])),
  }
}

function adjustedImage(image: ImagePlan, choices: Choices): ImagePlan {
  const stages = image.stages.map((stage) => packageSources(stage, choices))
  const health = {
    ...image.health,
    interval: choices['health-interval'].value,
    timeout: choices['health-timeout'].value,
    startPeriod: choices['health-start']?.value ?? image.health.startPeriod,
    retries: choices['health-retries'].value,
  }
  const changed = {
    ...image,
    health,
    stages: withVariables(trusting(stages, choices), choices.environment?.value ?? {}),
    labels: { ...image.labels, ...choices.labels?.value },
  }
  return choices.ignore === undefined ? changed : { ...changed, ignore: choices.ignore.value }
}

function withVariables(stages: readonly Stage[], values: Readonly<Record<string, string>>): readonly Stage[] {
  const last = stages.at(-1)
  if (last === undefined || Object.keys(values).length === 0) return stages
  return [...stages.slice(0, -1), { ...last, steps: [...last.steps, { do: 'env', values, rule: 'own-variables' }] }]
}

/** A service of our images, and a further program of one, gets what was chosen; others keep what suits them. */
function adjustedService(service: ServicePlan, images: readonly ImagePlan[], choices: Choices): ServicePlan {
  const { source } = service
  const image = 'dockerfile' in source ? images.find(({ dockerfile }) => dockerfile === source.dockerfile) : undefined
  if (image === undefined && !('same' in source)) return service
  return {
    ...service,
    ...(image === undefined || choices.image === undefined ? {} : { tag: imageName(choices.image.value, choices.name.value) }),
    ...(image === undefined || choices['build-secrets'] === undefined ? {} : { buildSecrets: Object.keys(choices['build-secrets'].value) }),
    // Without a value Compose would take the image's own away.
    variables: service.variables.filter((name) => !Object.hasOwn(choices.environment?.value ?? {}, name)),
    ...(service.examples === undefined ? {} : { examples: without(service.examples, choices.environment?.value ?? {}) }),
    limits: { ...service.limits, files: choices.files.value },
    logs: { megabytes: choices['log-size'].value, files: choices['log-files'].value },
    networks: service.networks.map((network) => (network.name === 'frontend' ? { ...network, name: choices.network.value } : network)),
    restarts: service.restarts === 0 ? 0 : choices.restarts.value,
    health: image?.health ?? service.health,
  }
}

/** The name of the image that compose builds. It is given a tag, because none would mean the newest. */
function imageName(pattern: string, app: string): string {
  const name = pattern.replaceAll('{name}', app)
  return /:[^/]*$/.test(name) ? name : `${name}:local`
}

function without(values: Readonly<Record<string, string>>, others: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !Object.hasOwn(others, name)))
}
