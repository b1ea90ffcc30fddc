import { neverSent } from '../model/never-sent.ts'
import type { ImagePlan } from '../model/plan.ts'
import type { Citations } from './cite.ts'

/** What templates/dockerignore.hbs reads. */
export interface DockerignoreView extends Citations {
  readonly allow: readonly string[]
  readonly deny: readonly string[]
  /** Sent all the same. */
  readonly embedded: readonly string[]
}

/** The view of one image's .dockerignore: exactly what its COPY lines take from the build context. */
export function dockerignoreView(image: ImagePlan, citations: Citations): DockerignoreView {
  const copied = image.stages.flatMap((s) => s.steps).flatMap((step) => (step.do === 'copy' && step.from === undefined ? step.paths : []))
  return {
    ...citations,
    allow: [...new Set(copied.map((p) => p.replace(/^\.\//, '').replace(/\/$/, '')))].sort(),
    deny: [...neverSent, ...(image.ignore ?? [])],
    embedded: image.embedded ?? [],
  }
}
