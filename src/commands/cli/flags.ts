import { optionTable, scalarKeys } from '../../choose/options.ts'
import type { OptionKey } from '../../model/options.ts'

/** Help was asked for. */
export const isHelp = process.argv.includes('--help') || process.argv.includes('-h')

// yargs lays out the help of every command that it runs; what is hidden costs nothing there.
const completing = process.argv.includes('--get-yargs-completions')
const hidden = !completing && !isHelp

export const folder = { describe: 'Folder of the repository', type: 'string', default: '.', hidden } as const
export const json = flag('Print one JSON document on stdout')
export const dryRun = flag('Show what would be written, and write nothing')
export const ecosystem = choice('ecosystem')

/** Flags of every command. */
export const globals = {
  cwd: text('Work in this folder, as if it was entered first'),
  json,
  quiet: flag('Print results and errors only, and ask nothing', 'q'),
  verbose: flag('Log what is done, and print the stack of unexpected errors'),
  'no-color': flag('No colours, as with NO_COLOR=1'),
} as const

// The help of a command fits on a screen: what the files often leave open, and the names of the others.
const common: ReadonlySet<OptionKey> = new Set(['start', 'port'])

/** One flag for each option of a repository. */
export const choices = Object.fromEntries(
  scalarKeys.map((key) => [key, { ...choice(key), hidden: hidden || (isHelp && !common.has(key)) } as const]),
)

/** A flag for an option. Its value is checked where the project file's is; what it can be is told to a shell that completes the line. */
function choice(key: OptionKey) {
  const { describe, kind } = optionTable[key]
  const values = 'enum' in kind.schema ? kind.schema.enum : undefined
  if ('type' in kind.schema && kind.schema.type === 'boolean') return { describe, type: 'boolean', hidden } as const
  return { ...text(describe), ...(completing && values !== undefined && { choices: values }) }
}

/** Names of the choices that help does not list one by one. */
export const furtherChoices: string = scalarKeys.filter((key) => !common.has(key)).join(', ')

/** A switch that is off. */
export function flag<A extends string = never>(describe: string, alias?: A) {
  return { describe, type: 'boolean', default: false, hidden, ...(alias === undefined ? {} : { alias }) } as const
}

/** A flag with a text. */
export function text(describe: string) {
  return { describe, type: 'string', hidden } as const
}
