import { split, type Words } from '../shell.ts'
import type { Context } from './command.ts'
import { isMigration } from './migrations.ts'

const several = /^(?:run-[sp]|npm-run-all2?|concurrently)$/

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
  const script = scriptOf(words)
  const names = script === undefined ? (several.test(words[0] ?? '') ? words.slice(1) : []) : [script]
  const followed = names.filter((name) => context.manifest.scripts[name] !== undefined && !seen.has(name))
  if (followed.length === 0) return [words]
  return followed.flatMap((name) =>
    [`pre${name}`, name, `post${name}`].flatMap((hook) =>
      split(context.manifest.scripts[hook] ?? '').flatMap((w) => expanded(context, w, new Set([...seen, name]))),
    ),
  )
}

/** What `npm run` of a script runs, its hooks before and after it; of what runs several scripts each. */
function called({ manifest: { scripts }, manager }: Context, script: string): readonly Words[] {
  return [`pre${script}`, script, `post${script}`].flatMap((hook) =>
    split(scripts[hook] ?? '').flatMap((words) =>
      several.test(words[0] ?? '') && words.slice(1).every((name) => scripts[name] !== undefined)
        ? words.slice(1).map((name) => [manager, 'run', name])
        : [words],
    ),
  )
}

/**
 * The commands that run a script which builds. Where some of what it does asks for the database, which is not there while an image is
 * built, they are those that do not.
 */
export function withoutDatabase(context: Context, script: string): readonly Words[] {
  const kept = asksDatabase(context, script) ? others(context, script, new Set()) : []
  // Variables before a command are for a shell.
  const isPlain = kept.length > 0 && !kept.some((words) => /^\w+=/.test(words[words.indexOf('--') + 1] ?? ''))
  return isPlain ? kept : [[context.manager, 'run', script]]
}

/** Whether something that a script does makes or changes the tables of a database. */
export function asksDatabase(context: Context, script: string): boolean {
  return called(context, script).some((words) => asks(context, words))
}

function others(context: Context, script: string, seen: ReadonlySet<string>): readonly Words[] {
  return called(context, script).flatMap((words) => {
    if (!asks(context, words)) return [runnable(context, words)]
    const below = scriptOf(words)
    return below === undefined || seen.has(below) ? [] : others(context, below, new Set([...seen, below]))
  })
}

function asks(context: Context, words: Words): boolean {
  return expanded(context, words).some((command) => isMigration(command.join(' ')) || /\bprisma db push\b/.test(command.join(' ')))
}
