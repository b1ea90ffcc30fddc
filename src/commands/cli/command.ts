import type { Options, PositionalOptions } from 'yargs'

/** One command as the command line knows it. Its code is loaded only when it is the one that runs. */
export interface CommandLine {
  /** In yargs' terms: `update [folder]`. */
  readonly command: string
  readonly describe: string
  readonly examples: readonly (readonly [command: string, what: string])[]
  /** What the words of `command` take, in their order. */
  readonly positionals?: Readonly<Record<string, PositionalOptions>>
  /** Its own flags, beside those of every command. */
  readonly options?: Readonly<Record<string, Options>>
  /** Loads the command; what comes out runs it, with arguments that fit the two tables. */
  load(): Promise<(args: never) => Promise<void>>
}

/** A command line that was read: which command, and its arguments by name; `dry-run` is there as `dryRun` too. */
export interface Chosen {
  readonly line: CommandLine
  readonly args: Readonly<Record<string, unknown>>
}

/** The word that names a command; `$0` for none. */
export function nameOf({ command }: CommandLine): string {
  return command.split(' ', 1)[0] ?? ''
}
