import { optionTable } from '../../choose/options.ts'

// yargs lays out the help of every command that it runs; what is hidden costs nothing there.
const hidden = !process.argv.includes('--help')

export const folder = { describe: 'Folder of the repository', type: 'string', default: '.', hidden } as const
export const json = flag('Print one JSON document on stdout')
export const dryRun = flag('Show what would be written, and write nothing')
export const ecosystem = text(optionTable.ecosystem.describe)

/** One flag for each option of a repository. */
export const choices = Object.fromEntries(
  Object.entries(optionTable).map(([key, option]) => [key, { ...text(option.describe), group: 'Choices:' } as const]),
)

/** A switch that is off. */
export function flag<A extends string = never>(describe: string, alias?: A) {
  return { describe, type: 'boolean', default: false, hidden, ...(alias === undefined ? {} : { alias }) } as const
}

/** A flag with a text. */
export function text(describe: string) {
  return { describe, type: 'string', hidden } as const
}
