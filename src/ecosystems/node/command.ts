import type { NodeApp } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { split, type Words } from '../shell.ts'
import type { Lock } from './lock.ts'
import type { Manifest } from './manifest.ts'
import { bare, developmentServers, programEnvironment, programFile, runners, sequences, watchers, wrappers } from './programs.ts'

export type Environment = Readonly<Record<string, string>>

/** What node is given: the file with its flags and arguments, and variables that the script sets. */
export interface Start {
  readonly file: string
  readonly flags: readonly string[]
  readonly args: readonly string[]
  readonly environment: Environment
  readonly because: readonly Evidence[]
  /** Commands that come before the program. */
  readonly before: readonly Words[]
  /** Packages that must be there at run time, though package.json may list them for development. */
  readonly needs: readonly string[]
}

export interface Context {
  readonly tree: Tree
  readonly manifest: Manifest
  readonly lock: Lock
  /** The program that runs scripts of package.json: the project's own package manager, which they may call in turn. */
  readonly manager: NodeApp['manager']['name']
  /** The script that the root of its workspace starts it with. */
  readonly told?: string
}

const flagsWithValue = new Set(
  '-r --require --import --loader --experimental-loader --env-file --env-file-if-exists -C --conditions -P --project'.split(' '),
)
const loaders = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader'])

/** A start without anything around the file. */
export function plain(file: string, ...because: readonly Evidence[]): Start {
  return { file, flags: [], args: [], environment: {}, because, before: [], needs: [] }
}

/** What an npm script starts, with what npm runs before it. */
export function fromScript(context: Context, script: string, seen: ReadonlySet<string> = new Set()): Start | undefined {
  const command = context.manifest.scripts[script]
  if (command === undefined || seen.has(script)) return undefined
  const start = fromCommand(context, command, new Set([...seen, script]))
  const pre = split(context.manifest.scripts[`pre${script}`] ?? '')
  return start && { ...start, because: [context.manifest.evidence('scripts', script), ...start.because], before: [...pre, ...start.before] }
}

/** What a line of shell starts in the end; undefined when that is no file for node. */
export function fromCommand(context: Context, command: string, seen: ReadonlySet<string> = new Set()): Start | undefined {
  const commands = split(command)
  const last = commands.at(-1)
  // In another folder stands another package.
  if (last === undefined || commands.some((words) => words[0] === 'cd')) return undefined
  const assigned = commands.slice(0, -1).filter((words) => ['export', 'set'].includes(words[0] ?? ''))
  const environment = Object.fromEntries(assigned.flat().flatMap((word) => assignment(word) ?? []))
  const start = fromWords(context, last, environment, seen)
  return start && { ...start, before: [...commands.slice(0, -1).filter((words) => !assigned.includes(words)), ...start.before] }
}

function assignment(word: string): readonly (readonly [string, string])[] | undefined {
  const match = word.match(/^([A-Za-z_]\w*)=(.*)$/s)
  if (match?.[1] === undefined) return undefined
  return match[2]?.includes('$') ? [] : [[match[1], match[2] ?? '']]
}

/** What a command of words starts. */
export function fromWords(context: Context, words: Words, environment: Environment, seen: ReadonlySet<string>): Start | undefined {
  const [word, ...rest] = words
  if (word === undefined) return undefined
  const assigned = assignment(word)
  if (assigned !== undefined) return fromWords(context, rest, { ...environment, ...Object.fromEntries(assigned) }, seen)
  const program = word.replace(/^(?:\.\/)?node_modules\/\.bin\//, '').replace(/^[^\s]*\/(?=node$)/, '')
  if (program === 'node') return fromNode(context, rest, environment)
  const runner = runners.get(program)
  if (runner !== undefined) {
    const words = withoutOwn(rest[0] === 'watch' ? rest.slice(1) : rest, runner.own ?? [])
    const start = fromNode(context, words, { ...environment, ...runner.environment })
    return start && { ...start, flags: [...runner.flags, ...start.flags], needs: [runner.package, ...start.needs] }
  }
  const scripts = sequences.has(program) ? rest.filter((w) => !w.startsWith('-')) : npmScript(program, rest)
  if (scripts.length > 0) {
    const last = scripts.at(-1) ?? ''
    const before = scripts.slice(0, -1).map((script) => [context.manager, 'run', script])
    // What follows the dashes is for the script.
    const passed = rest.includes('--') && !sequences.has(program) ? rest.slice(rest.indexOf('--') + 1) : []
    const start = fromScript(context, last, seen)
    // A script that only sets the stage for what it is given.
    const given = split(context.manifest.scripts[last] ?? '').at(-1)
    if (start === undefined && passed.length > 0 && given !== undefined && wrappers.has(given[0] ?? ''))
      return fromWords(context, [...given, ...passed], environment, new Set([...seen, last]))
    const all = { ...environment, ...start?.environment }
    return start && { ...start, args: [...start.args, ...passed], before: [...before, ...start.before], environment: all }
  }
  if (wrappers.has(program)) return fromWords(context, rest.slice(wrapperWords(program, rest)), environment, seen)
  if (watchers.has(program)) return watched(context, rest, environment, seen)
  if (program === 'nest' && rest[0] === 'start') return { ...plain('dist/main'), environment, before: [['nest', 'build']] }
  if (developmentServers.has(program)) return undefined
  const file = programFile(context.lock, context.manifest, program)
  return file === undefined
    ? undefined
    : { ...plain(file), args: withoutPort(rest), environment: { ...programEnvironment.get(program), ...environment } }
}

/** `npm start`, `npm run x`, `yarn x`, `pnpm run x`. */
function npmScript(program: string, rest: Words): readonly string[] {
  if (!['npm', 'yarn', 'pnpm', 'bun'].includes(program)) return []
  const words = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : rest.length).filter((w) => !w.startsWith('-'))
  const script = words[0] === 'run' || words[0] === 'run-script' ? words[1] : words[0]
  return script === undefined ? [] : [script]
}

/** Words that belong to the wrapper itself: its flags, files of variables, and all up to `--`. */
function wrapperWords(program: string, rest: Words): number {
  const dashes = rest.indexOf('--')
  if (dashes !== -1 && program !== 'npx') return dashes + 1
  const own = rest.findIndex(
    (w, i) =>
      !w.startsWith('-') &&
      !/^(?:\S*\/)?(?:\.env\b|[\w.-]+\.env$)/.test(w) &&
      !(program === 'env-cmd' && /^(?:-[fer]|--file|--environments|--rc-file)$/.test(rest[i - 1] ?? '')) &&
      !(program === 'dotenvx' && i === 0 && w === 'run'),
  )
  return own === -1 ? rest.length : own
}

/** What a watcher or a process manager runs: its `--exec`, or a plain file. */
function watched(context: Context, rest: Words, environment: Environment, seen: ReadonlySet<string>): Start | undefined {
  const exec = rest.findIndex((w) => w === '--exec' || w === '-x')
  const command = rest[exec + 1]
  if (exec !== -1 && command !== undefined) {
    const own = split(command).at(-1) ?? []
    const files = rest.filter((w) => context.tree.files.has(bare(w)) && !own.includes(w))
    return fromWords(context, own.length > 1 && files.length === 0 ? own : [...own, ...files], environment, seen)
  }
  const file = rest.map(bare).find((w) => /(?:\.[cm]?js|\/[^./]+)$/.test(w) && !/\.config\.[cm]?js$/.test(w) && context.tree.files.has(w))
  const config = rest.map(bare).find((w) => context.tree.texts.has(w))
  const named =
    file ?? bare(context.tree.texts.get(config ?? '')?.match(/["']?\bscript["']?[ \t]*:[ \t]*["']([^"'\n]{1,200})["']/)?.[1] ?? '')
  return named === '.' ? undefined : { ...plain(named), environment }
}

/** `${PORT:-3000}`, of which the split left the braces out: where no shell is, the default stands for the variable. */
function withDefault(word: string): string {
  return word.replace(/\$\w+:[-=]([^$]*)$/, '$1')
}

/** No shell puts in what `--port $PORT` stands for; servers take it from the variable by themselves. */
function withoutPort(words: Words): Words {
  return words.filter(
    (word, i) =>
      !/^(?:(?:-[lp]|--port|--listen)=)?(?:tcp:\/\/[\d.]+:)?\$\{?PORT\b/.test(word) &&
      !(/^(?:-[lp]|--port|--listen)$/.test(word) && /\$\{?PORT\b/.test(words[i + 1] ?? '')),
  )
}

/** The words without the flags before the file that are the runner's, and what belongs to them. */
function withoutOwn(words: Words, own: readonly string[]): Words {
  const [flag = ''] = words
  if (!flag.startsWith('-')) return words
  if (own.includes(flag)) return withoutOwn(words.slice(2), own)
  const taken = flagsWithValue.has(flag) ? 2 : 1
  return [...words.slice(0, taken), ...withoutOwn(words.slice(taken), own)]
}

function fromNode({ manifest, tree }: Context, words: Words, environment: Environment): Start | undefined {
  const flags: (readonly string[])[] = []
  let at = 0
  for (; at < words.length && /^[-$]/.test(words[at] ?? ''); at++) {
    const flag = words[at] ?? ''
    if (/^(?:-e|--eval|-p|--print|--test|--run)\b/.test(flag)) return undefined
    const next = words[at + 1]
    const pair = flagsWithValue.has(flag) && next !== undefined
    if (pair) at++
    flags.push(pair ? [flag, next] : [flag])
  }
  const given = words[at]
  if (given === undefined || given.includes('$')) return undefined
  const path = bare(given)
  const file = path === '.' ? bare(manifest.main ?? 'index.js') : path
  const kept = flags.filter(
    ([flag = '', value]) => !isForDevelopment(flag) && !(value === 'dotenv/config' && !('dotenv' in manifest.dependencies)),
  )
  return {
    ...plain(tree.folders.has(file) ? `${file}/index.js` : file),
    flags: kept.flat(),
    args: withoutPort(words.slice(at + 1).map(withDefault)),
    environment,
    needs: kept.flatMap(([flag = '', value]) =>
      loaders.has(flag) && value !== undefined && !/^[./]/.test(value) ? [packageOf(value)] : [],
    ),
  }
}

// A file of variables stays on the developer's machine; in a container they come from outside. The rest are for watching, debugging and ts-node.
function isForDevelopment(flag: string): boolean {
  return /^(?:\$|--env-file|--watch|--inspect|-P$|--project|-T$|--transpile-only|--files$|--respawn|--exit-child|--no-notify|--esm$)/.test(
    flag,
  )
}

function packageOf(module: string): string {
  return module.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? module
}
