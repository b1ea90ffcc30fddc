import type { DevelopmentService } from '../model/plan.ts'
import type { Citations } from './cite.ts'
import { filled, programOf } from './compose.ts'
import { name } from './words.ts'

/** What templates/compose.dev.hbs reads. */
export interface DevelopmentView extends Citations {
  readonly services: readonly ServiceView[]
}

interface ServiceView {
  readonly service: string
  /** Which of its parts have a comment: once in a file is enough. */
  readonly explains: Readonly<Record<'source' | 'variables' | 'program' | 'watch', boolean>>
  readonly stage: string | null
  readonly mounts: readonly { readonly source: string; readonly target: string }[] | null
  readonly environment: readonly string[] | null
  readonly debugger: string | null
  readonly program: readonly string[] | null
  readonly health: readonly string[] | null
  readonly watch: readonly { readonly action: string; readonly path: string }[] | null
}

type Parts = Omit<ServiceView, 'explains'>

/** The view of what is different while the program is written, in the order of the services' names. */
export function developmentView(services: readonly DevelopmentService[], citations: Citations): DevelopmentView {
  const all = services
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(serviceView)
    .filter(({ mounts, environment, program, watch }) => [mounts, environment, program, watch].some((part) => part !== null))
  const first = (part: 'mounts' | 'environment' | 'program' | 'watch'): Parts | undefined => all.find((service) => service[part] !== null)
  return {
    ...citations,
    services: all.map((service) => ({
      ...service,
      explains: {
        source: service === first('mounts'),
        variables: service === first('environment'),
        program: service === first('program'),
        watch: service === first('watch'),
      },
    })),
  }
}

function serviceView(service: DevelopmentService): Parts {
  const { mounts, environment, start, debugger: port, health, watch } = service
  return {
    service: service.name,
    stage: service.stage ?? null,
    mounts: filled(mounts.map(({ source, target }) => ({ source: `./${bare(source)}`, target: bare(target) }))),
    environment: filled(Object.entries(environment).map(([key, value]) => `${name(key)}=${value}`)),
    debugger: port === undefined ? null : `127.0.0.1:${port}:${port}`,
    program: start === undefined ? null : programOf(start),
    health: health === undefined ? null : ['CMD', ...health],
    watch: filled(watch.map(({ action, path }) => ({ action, path: `./${bare(path)}` }))),
  }
}

function bare(path: string): string {
  return path.replace(/\/$/, '')
}
