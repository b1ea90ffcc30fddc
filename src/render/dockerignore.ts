import type { ImagePlan } from '../model/plan.ts'
import type { Citations } from './cite.ts'

/** What templates/dockerignore.hbs reads. */
export interface DockerignoreView extends Citations {
  readonly allow: readonly string[]
  readonly deny: readonly string[]
}

/** Never sent to the builder, wherever they lie (practices 10, 44). Patterns of ours, written as they are. */
const deny: readonly string[] = [
  '**/.git',
  '**/.svn',
  '**/.hg',
  '**/.env',
  '**/.env.*',
  '**/.secrets',
  '**/*.pem',
  '**/*.key',
  '**/*.p12',
  '**/*.pfx',
  '**/id_rsa*',
  '**/id_ed25519*',
  '**/.aws',
  '**/.ssh',
  '**/.netrc',
  '**/.pypirc',
  '**/node_modules',
  '**/.venv',
  '**/venv',
  '**/__pycache__',
  '**/*.py[cod]',
  '**/.DS_Store',
  '**/*.log',
  '**/Dockerfile',
  '**/Dockerfile.*',
  '**/compose*.y*ml',
  '**/docker-compose*.y*ml',
  // Ours, of this project and of those below it: neither what is kept of presets nor a new lock changes an image.
  '**/.secure-docker',
  '**/secure-docker.lock',
  '**/secure-docker.toml',
]

/** The view of one image's .dockerignore: exactly what its COPY lines take from the build context. */
export function dockerignoreView(image: ImagePlan, citations: Citations): DockerignoreView {
  const copied = image.stages.flatMap((s) => s.steps).flatMap((step) => (step.do === 'copy' && step.from === undefined ? step.paths : []))
  return {
    ...citations,
    allow: [...new Set(copied.map((p) => p.replace(/^\.\//, '').replace(/\/$/, '')))].sort(),
    deny: [...deny, ...(image.ignore ?? [])],
  }
}
