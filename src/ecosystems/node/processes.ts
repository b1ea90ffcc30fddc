import type { Notice } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import { brokers, type Process, type ServiceKind } from '../../model/service.ts'
import { present } from '../search.ts'
import { plainCommand, toldCommands } from '../told-commands.ts'
import type { Build } from './build.ts'
import { firstHit } from './code.ts'
import { type Context, fromScript, fromWords, plain, type Start } from './command.ts'
import { migrated, tools } from './migrations.ts'
import { bare, programFile } from './programs.ts'
import { inTree, withCompiled } from './start.ts'

/**
 * Programs beside the server: migrations, workers, data to begin with. `outputs` are folders that the build makes; `inFile`: migrations
 * need no service, for the database is a file.
 */
export function findProcesses(context: Context, start: Start | undefined, outputs: readonly string[], inFile: boolean): readonly Process[] {
  const known = candidates(context, start)
  const usable = known.flatMap((candidate) => accepted(context, start, outputs, candidate))
  const first = (kind: Process['kind']) =>
    usable.flatMap((p) => (p.kind === kind ? [inFile && kind === 'once' ? { ...p, needs: [] } : p] : [])).slice(0, 1)
  const workers = usable.filter((p) => p.kind === 'worker' || p.kind === 'scheduler')
  const distinct = workers.filter((p, i) => workers.findIndex((other) => line(other) === line(p) || other.name === p.name) === i)
  return [...first('once'), ...(distinct.length > 0 ? distinct : unnamedWorker(context, outputs)), ...first('seed')]
}

function line({ argv }: Process): string {
  return argv.join('\0')
}

interface Candidate {
  readonly name: string
  readonly kind: Process['kind']
  readonly start: Start
  /** The repository itself starts it so. */
  readonly told?: true
}

const migrateScript =
  /^(?:db:|database:)?(?:migrate|migrations?)(?::(?:deploy|prod|production|latest|up|run))?$|^(?:db:deploy|migration:run)$/
const workerScript = /^(?:start:)?(?:workers?|queues?|jobs|consumer)(?::(?:prod|production|start|work))?$/
const schedulerScript = /^(?:start:)?(?:scheduler|cron)(?::(?:prod|production|start))?$/
const seedScript = /^(?:db:|database:)?seeds?(?::(?:run|all|prod))?$/
const kinds: readonly (readonly [RegExp, Process['kind']])[] = [
  [migrateScript, 'once'],
  [workerScript, 'worker'],
  [schedulerScript, 'scheduler'],
  [seedScript, 'seed'],
]

/** What the repository itself says, the surest first. */
function candidates(context: Context, start: Start | undefined): readonly Candidate[] {
  const { tree, manifest } = context
  const told = toldCommands(tree).flatMap((command): readonly Candidate[] => {
    const words = command.name === 'web' ? undefined : plainCommand(command, (found) => found.length > 0)
    const found = words === undefined ? undefined : fromWords(context, words, {}, new Set())
    const kind = command.name === 'release' ? 'once' : (kinds.find(([name]) => name.test(command.name))?.[1] ?? 'worker')
    const named = command.name === 'release' ? 'migrate' : command.name
    return found === undefined ? [] : [{ name: named, kind, start: { ...found, because: [command.because, ...found.because] }, told: true }]
  })
  const before = (start?.before ?? []).flatMap((words): readonly Candidate[] => {
    const found = fromWords(context, words, {}, new Set())
    return found === undefined || toolOf(found) === undefined
      ? []
      : [{ name: 'migrate', kind: 'once', start: { ...found, because: start?.because ?? [] } }]
  })
  // One step up may be no more than the next of many.
  const names = Object.keys(manifest.scripts).sort((a, b) => Number(a.endsWith(':up')) - Number(b.endsWith(':up')))
  const scripts = names.flatMap((script): readonly Candidate[] => {
    const kind = kinds.find(([name]) => name.test(script))?.[1]
    const found = kind === undefined ? undefined : fromScript(context, script)
    const name = kind === 'once' ? 'migrate' : kind === 'seed' ? 'seed' : kind === 'scheduler' ? 'scheduler' : 'worker'
    return kind === undefined || found === undefined ? [] : [{ name, kind, start: found }]
  })
  return [...told, ...before, ...scripts, ...heldMigrations(context)]
}

/** Migrations that are in the repository, by a tool that is there in production. */
function heldMigrations({ tree, manifest, lock }: Context): readonly Candidate[] {
  return tools.flatMap(({ package: name, program, held, settings, migrate }): readonly Candidate[] => {
    const seen = [...tree.files].find((file) => held.test(file))
    const file = name in manifest.dependencies ? programFile(lock, manifest, program) : undefined
    if (settings !== undefined && ![...tree.files].some((path) => settings.test(path))) return []
    // TypeORM does not find its data source by itself.
    if (seen === undefined || file === undefined || name === 'typeorm') return []
    return [{ name: 'migrate', kind: 'once', start: { ...plain(file, present(seen)), args: migrate.args } }]
  })
}

/** Migrations are in the repository, and their tool is not installed for production; or the script that builds makes the tables too. */
export function migrationNotices({ tree, manifest }: Context, build: Build, processes: readonly Process[]): readonly Notice[] {
  if (processes.some(({ kind }) => kind === 'once')) return []
  const held = tools.flatMap(({ package: name, held }): readonly Notice[] => {
    const seen = [...tree.files].sort().find((file) => held.test(file))
    if (seen === undefined || name in manifest.dependencies || !(name in manifest.devDependencies)) return []
    return [
      {
        code: 'migrations-left-out',
        text: `No tables are made before the program starts: ${name} is installed for development only.`,
        because: [manifest.evidence('devDependencies', name), present(seen)],
        fix: `Move it to dependencies (npm install --save-prod ${name}), then run the command again.`,
      },
    ]
  })
  return held.length > 0 || build.migrates === undefined ? held : [builtTables(build.migrates)]
}

function builtTables(because: Evidence): Notice {
  return {
    code: 'migrations-left-out',
    text: 'No tables are made before the program starts: the script that builds makes them, and there is no database while an image is built.',
    because: [because],
    fix: 'Add a script "migrate" that makes them with a tool of the dependencies, then run the command again.',
  }
}

/** The tool that a start calls. */
function toolOf({ file, args }: Start): (typeof tools)[number] | undefined {
  const tool = tools.find((row) => file.startsWith(`node_modules/${row.package}/`))
  const words = args.join(' ')
  return tool !== undefined && (tool.migrate.when.test(words) || tool.seed?.test(words) === true) ? tool : undefined
}

function accepted(
  context: Context,
  web: Start | undefined,
  outputs: readonly string[],
  { name, kind, start, told }: Candidate,
): readonly Process[] {
  const { dependencies } = context.manifest
  const able = withCompiled(context, start).find(
    (s) =>
      s.needs.every((need) => need in dependencies) &&
      s.args.every((arg) => isThere(context, outputs, arg)) &&
      (outputs.some((out) => s.file.startsWith(`${out}/`)) || (inTree(context.tree, s.file) && !/\.[cm]?tsx?$/.test(s.file))),
  )
  if (able === undefined || (able.file === web?.file && able.args.join(' ') === web.args.join(' '))) return []
  const tool = toolOf(able)
  if (tool === undefined && able.file.startsWith('node_modules/')) return []
  const args = kind === 'once' && tool !== undefined ? [...tool.migrate.args, ...flagsOf(able.args, tool.migrate.args)] : able.args
  const argv = ['node', ...able.flags, able.file, ...args]
  return [
    {
      name,
      kind,
      argv,
      environment: able.environment,
      needs: needsOf(kind, told === true),
      polls: polls(context, kind, able.file),
      because: able.because,
    },
  ]
}

/** Nothing that only a shell or a compiler can read; a file in a folder that the build makes, or in the repository. */
function isThere({ tree }: Context, outputs: readonly string[], arg: string): boolean {
  const file = /^(?:-[\w-]+=)?([^\s=]+\.[cm]?js)$/.exec(arg)?.[1]
  if (file !== undefined) return outputs.some((out) => file.startsWith(`${out}/`)) || inTree(tree, bare(file))
  return !/\$|\.[cm]?tsx?$/.test(arg)
}

/** Flags with their values, without the verb that may stand among them. */
function flagsOf(args: readonly string[], verb: readonly string[]): readonly string[] {
  const first = args.findIndex((word) => word.startsWith('-'))
  return first === -1 ? [] : args.slice(first).filter((word) => !verb.includes(word))
}

function needsOf(kind: Process['kind'], told: boolean): readonly ServiceKind[] {
  if (kind === 'once' || kind === 'seed') return migrated
  // A worker that the repository starts itself finds what it needs.
  return told ? [] : [...brokers, 'nats', 'kafka', ...migrated]
}

// Libraries that look for work, or tell that they are alive, every minute or more often; of these BullMQ was measured.
const pollers = ['bullmq', 'bull', 'pg-boss', 'graphile-worker', 'agenda', 'kafkajs', 'amqplib']

function polls({ manifest, tree }: Context, kind: Process['kind'], file: string): boolean {
  // What starts work by a clock of its own may well sleep for hours.
  const own = kind === 'scheduler' ? (tree.texts.get(file) ?? '') : undefined
  return pollers.some((name) => name in manifest.dependencies && (own === undefined || own.includes(name)))
}

const usualFiles = /^(?:src\/|lib\/|app\/|server\/)?(?:workers?|queues?|jobs)(?:\/(?:index|workers?))?\.[cm]?[jt]s$/

/** A worker of BullMQ in a file of its own that nothing else loads. */
function unnamedWorker(context: Context, outputs: readonly string[]): readonly Process[] {
  const { tree, manifest } = context
  if (!('bullmq' in manifest.dependencies)) return []
  const files = [...tree.files].filter((file) => usualFiles.test(file))
  return files
    .flatMap((file) => {
      const made = firstHit(tree, [file], /\bnew[ \t]+Worker(?:<[^>\n]{0,80}>)?\(/g)
      return made === undefined || isLoaded(context, file) ? [] : accepted(context, undefined, outputs, workerIn(file, made.evidence))
    })
    .slice(0, 1)
}

function workerIn(file: string, because: Evidence): Candidate {
  return { name: 'worker', kind: 'worker', start: plain(bare(file), because) }
}

function isLoaded({ tree }: Context, file: string): boolean {
  const stem = file.replace(/(?:\/index)?\.[cm]?[jt]s$/, '').replace(/^.*\//, '')
  const names = new RegExp(`(?:from|import|require\\()[ \\t(]*["'][^"'\\n]*\\b${stem}(?:\\.[cm]?[jt]s|/index)?["']`)
  return [...tree.texts].some(([other, text]) => other !== file && /\.[cm]?[jt]sx?$/.test(other) && names.test(text))
}
