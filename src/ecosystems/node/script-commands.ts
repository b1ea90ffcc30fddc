import { split, type Words } from '../shell.ts'
import type { Context } from './command.ts'
import { isMigration } from './migrations.ts'
import { bare } from './programs.ts'

const several = /^(?:run-[sp]|npm-run-all2?|concurrently)$/
const elsewhere = /^(?:--prefix|--cwd|--dir|-C)(?:=(.+))?$/

/** The scripts that a command runs which runs several, by their names or patterns such as `build:*`; undefined where it is no such command. */
function severalOf({ manifest: { scripts } }: Context, words: Words): readonly string[] | undefined {
  const [program = '', ...rest] = words
  if (!several.test(program)) return undefined
  const asked = rest.filter((word) => !word.startsWith('-'))
  const named = asked.map((word) => {
    const [, start = '', stars] = /^([^*]+)(\*\*?)$/.exec(word) ?? []
    if (stars === undefined) return word in scripts ? [word] : []
    return Object.keys(scripts).filter((name) => name.startsWith(start) && (stars === '**' || !name.slice(start.length).includes(':')))
  })
  return named.some((names) => names.length === 0) ? undefined : named.flat()
}

/** The folder below in which a package manager is told to run: `npm run build --prefix client`. */
export function folderOf(words: Words): string | undefined {
  if (!['npm', 'yarn', 'pnpm'].includes(words[0] ?? '')) return undefined
  const at = words.findIndex((word) => elsewhere.test(word))
  const folder = at === -1 ? undefined : (elsewhere.exec(words[at] ?? '')?.[1] ?? words[at + 1])
  return folder === undefined || bare(folder) === '.' ? undefined : bare(folder)
}

/** As it can be run in the image: a script by the project's package manager, in one way however it is written, a tool by npx. */
export function runnable({ manager }: Context, words: Words): Words {
  const script = scriptOf(words)
  if (script === undefined) return ['npx', '--no', '--', ...(words[0] === 'npx' ? words.slice(1) : words)]
  return [manager, 'run', script, ...words.slice(words.indexOf(script) + 1)]
}

/** The script that a package manager is told to run. */
export function scriptOf(words: Words): string | undefined {
  const [program = '', ...rest] = words.filter((w) => !w.startsWith('-'))
  if (!['npm', 'yarn', 'pnpm'].includes(program)) return undefined
  return rest[0] === 'run' || rest[0] === 'run-script' ? rest[1] : rest[0]
}

/** The simple commands behind a command: scripts are followed. */
export function expanded(context: Context, words: Words, seen: ReadonlySet<string> = new Set()): readonly Words[] {
  const script = folderOf(words) === undefined ? scriptOf(words) : undefined
  const names = script === undefined ? (severalOf(context, words) ?? []) : [script]
  const followed = names.filter((name) => context.manifest.scripts[name] !== undefined && !seen.has(name))
  if (followed.length === 0) return [words]
  return followed.flatMap((name) => {
    const below = new Set([...seen, name])
    return [`pre${name}`, name, `post${name}`].flatMap((hook) => {
      const commands = split(context.manifest.scripts[hook] ?? '')
      // In another folder other scripts have the same names.
      const leaves = commands.findIndex(([program]) => program === 'cd')
      return commands.flatMap((w, i) => (leaves !== -1 && i > leaves ? [w] : expanded(context, w, below)))
    })
  })
}

/** What `npm run` of a script runs, its hooks before and after it; of what runs several scripts each. */
function called(context: Context, script: string): readonly Words[] {
  return [`pre${script}`, script, `post${script}`].flatMap((hook) =>
    split(context.manifest.scripts[hook] ?? '').flatMap(
      (words) => severalOf(context, words)?.map((name) => [context.manager, 'run', name]) ?? [words],
    ),
  )
}

// Programs of the image, which no package brings.
const system = /^(?:node|rm|cp|mv|mkdir|touch|cat|echo|sh|sed|find|tar)$/

/**
 * The commands that run a script which builds. Where some of what it does asks for the database, which is not there while an image is
 * built, they are those that do not.
 */
export function withoutDatabase(context: Context, script: string): readonly Words[] {
  const kept = asksDatabase(context, script) ? others(context, script, new Set()) : []
  if (kept.length === 0 || !kept.every(isPlain)) return [[context.manager, 'run', script]]
  return kept.map((words) => (system.test(words[0] ?? '') ? words : runnable(context, words)))
}

/** Whether a command does without a shell: it sets and expands nothing, and is none of a shell's own. */
function isPlain([program = '', ...rest]: Words): boolean {
  return !/=|^(?:cd|export|set|unset|test|\[|exit|source|\.)$/.test(program) && ![program, ...rest].some((word) => /[$*`]/.test(word))
}

/** Whether something that a script does makes or changes the tables of a database. */
export function asksDatabase(context: Context, script: string): boolean {
  return called(context, script).some((words) => asks(context, words))
}

function others(context: Context, script: string, seen: ReadonlySet<string>): readonly Words[] {
  return called(context, script).flatMap((words) => {
    if (!asks(context, words)) return [words]
    const below = scriptOf(words)
    return below === undefined || seen.has(below) ? [] : others(context, below, new Set([...seen, below]))
  })
}

function asks(context: Context, words: Words): boolean {
  return expanded(context, words).some((command) => isMigration(command.join(' ')) || /\bprisma db push\b/.test(command.join(' ')))
}
