import type { GoProgram } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import { brokers, databases, type Process } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import { type ToldCommand, toldCommands } from '../told-commands.ts'

const kinds: readonly (readonly [RegExp, Process['kind']])[] = [
  [/^(?:db-?)?migrat(?:e|ions?|or)$/, 'once'],
  [/^(?:workers?|consumers?|jobs?|queue|processor)$|[-_]worker$/, 'worker'],
  [/^(?:scheduler|cron)$/, 'scheduler'],
  [/^(?:db-?)?seed(?:er)?$/, 'seed'],
]

/** The program that serves: how it is started, what it is called, and its commands. */
export interface Served {
  readonly start: string
  readonly name: string
  readonly commands: ReadonlySet<string>
}

/** Further programs of the module that belong to the app, by the Procfile and compose files, else by their names; then commands of the program itself that those files run. */
export function findProcesses(tree: Tree, programs: readonly GoProgram[], main: Served | undefined): readonly Process[] {
  const told = toldCommands(tree, '.', main?.name).filter(({ name }) => name !== 'web')
  const others = programs.flatMap(({ start, because, blocked }): readonly Process[] => {
    const name = start.slice(start.lastIndexOf('/') + 1)
    if (start === main?.start || start === '.' || blocked !== undefined || !/^(?!(?:app|probe)$)[a-z][a-z0-9_-]{0,40}$/.test(name))
      return []
    const line = told.find(({ commands }) => new RegExp(`(?:^|/)${name}$`).test(commands.at(-1)?.[0] ?? ''))
    const byName = kindOf(name)
    const kind = line?.name === 'release' ? 'once' : (byName ?? (line === undefined ? undefined : 'worker'))
    if (kind === undefined) return []
    const args = (line?.commands.at(-1) ?? []).slice(1)
    const argv = [start, ...(args.some((word) => word.includes('$')) ? [] : args)]
    const seen = line === undefined ? because : line.because
    return [processOf(name.replaceAll('_', '-'), kind, argv, line !== undefined, seen)]
  })
  const own = main === undefined ? [] : told.flatMap((line) => ownCommand(line, main))
  return [...others, ...own.filter(({ name }) => !others.some((other) => other.name === name))]
}

/** `migrate` of `command: migrate`, where that is a command of the program, and says what it is for. */
function ownCommand({ commands, because }: ToldCommand, { start, commands: known }: Served): readonly Process[] {
  const words = commands.at(-1) ?? []
  const args = words.slice(known.has(words[0] ?? '') ? 0 : 1)
  const [name = ''] = args
  const kind = known.has(name) && !args.some((word) => word.includes('$')) ? kindOf(name) : undefined
  return kind === undefined ? [] : [processOf(name, kind, [start, ...args], true, because)]
}

function kindOf(name: string): Process['kind'] | undefined {
  return kinds.find(([pattern]) => pattern.test(name))?.[1]
}

function processOf(name: string, kind: Process['kind'], argv: readonly string[], told: boolean, because: Evidence): Process {
  const ends = kind === 'once' || kind === 'seed'
  const own = [...(ends ? [] : brokers), ...databases, 'mongodb' as const, ...(ends ? [] : ['nats' as const, 'kafka' as const])]
  // A worker that the repository starts itself finds what it needs.
  return { name, kind, argv, environment: {}, needs: told && !ends ? [] : own, polls: false, because: [because] }
}
