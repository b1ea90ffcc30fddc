import type { ImageRef, Plan } from '../model/plan.ts'

type Registries = Readonly<Record<string, string>>

/** The plan with every image from the registry that takes the place of its own. */
export function mirrored(plan: Plan, registries: Registries): Plan {
  if (Object.keys(registries).length === 0) return plan
  const services = plan.services.map((service) =>
    'image' in service.source ? { ...service, source: { image: moved(service.source.image, registries) } } : service,
  )
  const baseLabel = 'org.opencontainers.image.base.name'
  return {
    ...plan,
    services,
    images: plan.images.map((image) => {
      const stages = image.stages.map((stage) => ({ ...stage, base: moved(stage.base, registries) }))
      const base = stages.at(-1)?.base
      const named = base !== undefined && baseLabel in image.labels ? { [baseLabel]: `${base.repository}:${base.tag}` } : {}
      return { ...image, stages, labels: { ...image.labels, ...named } }
    }),
  }
}

/** `node` is `docker.io/library/node` in full (distribution reference, "familiar names"). */
function moved(image: ImageRef, registries: Registries): ImageRef {
  const [host, path] = inFull(image.repository)
  const place = Object.hasOwn(registries, host) ? registries[host] : undefined
  return place === undefined ? image : { ...image, repository: `${place}/${path}` }
}

function inFull(repository: string): readonly [host: string, path: string] {
  const slash = repository.indexOf('/')
  const first = repository.slice(0, Math.max(slash, 0))
  if (/[.:]/.test(first) || first === 'localhost') return [first, repository.slice(slash + 1)]
  return ['docker.io', slash === -1 ? `library/${repository}` : repository]
}
