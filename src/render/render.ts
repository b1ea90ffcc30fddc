import type { Artifact } from '../model/artifact.ts'
import type { Plan } from '../model/plan.ts'
import type { Citations } from './cite.ts'
import { composeView } from './compose.ts'
import { developmentView } from './development.ts'
import { dockerfileView } from './dockerfile.ts'
import { dockerignoreView } from './dockerignore.ts'
import { composeText, developmentText, dockerfileText, dockerignoreText } from './templates.ts'

/** The files of a plan: the same plan gives the same bytes. Throws a Problem when a value cannot be written where it belongs. */
export function render(plan: Plan, citations: Citations): readonly Artifact[] {
  const images = plan.images.flatMap((image): Artifact[] => [
    { path: image.dockerfile, set: 'dockerfile', content: dockerfileText(dockerfileView(image, citations)) },
    { path: ignoreFileOf(image.dockerfile), set: 'dockerfile', content: dockerignoreText(dockerignoreView(image, citations)) },
  ])
  const { development } = plan
  return [
    ...images,
    { path: plan.composeFile, set: 'compose', content: composeText(composeView(plan, citations)) },
    ...(development === undefined
      ? []
      : [{ path: development.file, set: 'compose', content: developmentText(developmentView(development.services, citations)) } as const]),
  ]
}

/** BuildKit reads `<Dockerfile's name>.dockerignore` before `.dockerignore`. */
function ignoreFileOf(dockerfile: string): string {
  return dockerfile === 'Dockerfile' ? '.dockerignore' : `${dockerfile}.dockerignore`
}
