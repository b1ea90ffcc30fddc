import { optionKeys, optionTable } from '../../choose/options.ts'
import type { OptionKey } from '../../model/options.ts'

// yargs lays out the help of every command that it runs; what is hidden costs nothing there.
const completing = process.argv.includes('--get-yargs-completions')
const hidden = !completing && !process.argv.includes('--help')

export const folder = { describe: 'Folder of the repository', type: 'string', default: '.', hidden } as const
export const json = flag('Print one JSON document on stdout')
export const dryRun = flag('Show what would be written, and write nothing')
export const ecosystem = choice('ecosystem')

/** One flag for each option of a repository. */
export const choices = Object.fromEntries(optionKeys.map((key) => [key, { ...choice(key), group: 'Choices:' } as const]))

/** A flag for an option. Its value is checked where the project file's is; what it can be is told to a shell that completes the line. */
function choice(key: OptionKey) {
  const { describe, kind } = optionTable[key]
  const values = kind.schema.type === 'string' ? kind.schema.enum : undefined
  return { ...text(describe), ...(completing && values !== undefined && { choices: values }) }
}

/** A switch that is off. */
export function flag<A extends string = never>(describe: string, alias?: A) {
  return { describe, type: 'boolean', default: false, hidden, ...(alias === undefined ? {} : { alias }) } as const
}

/** A flag with a text. */
export function text(describe: string) {
  return { describe, type: 'string', hidden } as const
}
