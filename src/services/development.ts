import type { DevelopmentService, ImagePlan, ServicePlan } from '../model/plan.ts'
import { loading } from './loader.ts'
import type { Stack } from './stack.ts'

/** What is different in the services of an image while its program is written: the web service, then its further programs. */
export function developmentServices(image: ImagePlan, services: readonly ServicePlan[], { wiring }: Stack): readonly DevelopmentService[] {
  const { development } = image
  if (development === undefined) return []
  return services.map(({ name, source, restarts }): DevelopmentService => {
    const isWeb = 'dockerfile' in source
    const argv = isWeb ? development.argv : watching(image, name)
    const { mounts, environment } = development
    const start = argv === undefined ? {} : { start: loading(image.loader, wiring.loaded, argv) }
    const migration = isWeb && argv !== undefined && image.migration !== undefined ? { migration: image.migration } : {}
    // A program that watches sees what lies in folders; a single file that an editor replaces is another one, which only a new start mounts.
    const unseen = argv === undefined ? mounts : mounts.filter(({ source: path }) => !path.endsWith('/'))
    return {
      name,
      ...(isWeb && development.stage !== undefined ? { stage: development.stage } : {}),
      mounts,
      environment,
      ...(start.start === undefined ? {} : { start: { ...start.start, ...migration } }),
      ...(isWeb && development.debugger !== undefined ? { debugger: development.debugger } : {}),
      ...(isWeb && development.health !== undefined ? { health: development.health } : {}),
      watch: [
        ...(isWeb ? development.rebuilds.map((path) => ({ path, action: 'rebuild' }) as const) : []),
        // What ends by itself is not started again.
        ...(restarts > 0 ? unseen.map(({ source: path }) => ({ path, action: 'restart' }) as const) : []),
      ],
    }
  })
}

/** A further program that goes on running, told to watch. */
function watching({ development, processes }: ImagePlan, name: string): readonly string[] | undefined {
  const process = processes.find((one) => one.name === name)
  const words = development?.watching
  if (process === undefined || words === undefined || process.kind === 'once' || process.kind === 'seed') return undefined
  return [...process.argv.slice(0, 1), ...words, ...process.argv.slice(1)]
}
