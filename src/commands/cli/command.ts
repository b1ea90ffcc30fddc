import type { Argv } from 'yargs'

/** One command as the command line knows it. Its code is loaded only when it is the one that runs. */
export interface CommandLine {
  /** In yargs' terms: `update [folder]`. */
  readonly command: string
  readonly describe: string
  readonly examples: readonly (readonly [command: string, what: string])[]
  builder(yargs: Argv): Argv
  /** Loads the command; what comes out runs it. yargs has checked the arguments against the builder. */
  load(): Promise<(args: never) => Promise<void>>
}
