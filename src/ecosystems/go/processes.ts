import type { GoProgram } from '../../model/app.ts'
import { brokers, databases, type Process } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import { toldCommands } from '../told-commands.ts'

const kinds: readonly (readonly [RegExp, Process['kind']])[] = [
  [/^(?:db-?)?migrat(?:e|ions?|or)$/, 'once'],
  [/^(?:workers?|consumers?|jobs?|queue|processor)$|[-_]worker$/, 'worker'],
  [/^(?:scheduler|cron)$/, 'scheduler'],
  [/^(?:db-?)?seed(?:er)?$/, 'seed'],
]

/** Further programs of the module that belong to the app: by the Procfile and compose files, else by their names. */
export function findProcesses(tree: Tree, programs: readonly GoProgram[], main: string | undefined): readonly Process[] {
  const told = toldCommands(tree).filter(({ name }) => name !== 'web')
  return programs.flatMap(({ start, because, blocked }): readonly Process[] => {
    const name = start.slice(start.lastIndexOf('/') + 1)
    if (start === main || start === '.' || blocked !== undefined || !/^(?!(?:app|probe)$)[a-z][a-z0-9_-]{0,40}$/.test(name)) return []
    const line = told.find(({ commands }) => new RegExp(`(?:^|/)${name}$`).test(commands.at(-1)?.[0] ?? ''))
    const byName = kinds.find(([pattern]) => pattern.test(name))?.[1]
    const kind = line?.name === 'release' ? 'once' : (byName ?? (line === undefined ? undefined : 'worker'))
    if (kind === undefined) return []
    const args = (line?.commands.at(-1) ?? []).slice(1)
    const argv = [start, ...(args.some((word) => word.includes('$')) ? [] : args)]
    const own =
      kind === 'once' || kind === 'seed'
        ? [...databases, 'mongodb' as const]
        : [...brokers, ...databases, 'mongodb' as const, 'nats' as const, 'kafka' as const]
    // A worker that the repository starts itself finds what it needs.
    const needs = line !== undefined && (kind === 'worker' || kind === 'scheduler') ? [] : own
    const seen = line === undefined ? because : line.because
    return [{ name: name.replaceAll('_', '-'), kind, argv, environment: {}, needs, polls: false, because: [seen] }]
  })
}
