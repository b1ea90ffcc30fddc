import yargs from 'yargs'
import { optionTable } from '../choose/options.ts'
import { Problem } from '../model/problem.ts'
import { version } from '../version.ts'
import type { DetectArguments } from './detect.ts'
import type { EjectArguments } from './eject.ts'
import type { ExplainArguments } from './explain.ts'
import type { InitArguments } from './init.ts'
import type { CheckArguments, UpdateArguments } from './update.ts'

// yargs lays out the help of every command that it runs; what is hidden costs nothing there.
const hidden = !process.argv.includes('--help')

const folder = { describe: 'Folder of the repository', type: 'string', default: '.', hidden } as const
const dryRun = { describe: 'Show what would be written, and write nothing', type: 'boolean', default: false, hidden } as const
const json = { describe: 'Print one JSON document on stdout', type: 'boolean', default: false, hidden } as const
const ecosystem = { describe: optionTable.ecosystem.describe, type: 'string', hidden } as const
const choiceFlags = Object.fromEntries(
  Object.entries(optionTable).map(([key, option]) => [
    key,
    { describe: option.describe, type: 'string', group: 'Choices:', hidden } as const,
  ]),
)

/** Reads the command line and runs the command that it names; a command's code is loaded only then. */
export async function run(argv: readonly string[]): Promise<void> {
  // A handler that returns a promise would make yargs lay out the whole help text first.
  let chosen = async (): Promise<void> => {}
  yargs([...argv])
    .scriptName('secure-docker')
    .command(
      'init [folder]',
      'Write a hardened Dockerfile, .dockerignore and compose.yaml',
      (command) =>
        command
          .positional('folder', folder)
          .options(choiceFlags)
          .options({
            yes: { alias: 'y', describe: 'Never ask: take what was found, and the defaults', type: 'boolean', default: false, hidden },
            force: { describe: 'Replace files that are there; the old ones are kept for undo', type: 'boolean', default: false, hidden },
            beside: {
              describe: 'Write beside files that are there: Dockerfile.hardened, compose.hardened.yaml',
              type: 'boolean',
              default: false,
            },
            'dry-run': dryRun,
            json,
          }),
      (args) => {
        chosen = async () => (await import('./init.ts')).init(args as unknown as InitArguments)
      },
    )
    .command(
      'detect [folder]',
      'Show what the repository holds, with the file and line that shows it',
      (command) => command.positional('folder', folder).options({ ecosystem, json }),
      (args) => {
        chosen = async () => (await import('./detect.ts')).detect(args as unknown as DetectArguments)
      },
    )
    .command(
      'update [folder]',
      'Bring the files up to date with the stack, and keep every hand edit',
      (command) =>
        command.positional('folder', folder).options({
          conflict: { describe: 'What to do where both changed the same lines', type: 'string', choices: ['markers'], hidden },
          undo: { describe: 'Restore what the last run replaced', type: 'boolean', default: false, hidden },
          'dry-run': dryRun,
          json,
        }),
      (args) => {
        chosen = async () => (await import('./update.ts')).update(args as unknown as UpdateArguments)
      },
    )
    .command(
      'check [folder]',
      'Fail (exit 5) when update would act; writes nothing',
      (command) =>
        command.positional('folder', folder).options({
          strict: { describe: 'Fail also when only the tool is newer', type: 'boolean', default: false, hidden },
          format: { describe: 'Annotations for a continuous integration', type: 'string', choices: ['github'], hidden },
          json,
        }),
      (args) => {
        chosen = async () => (await import('./update.ts')).check(args as unknown as CheckArguments)
      },
    )
    .command(
      'diff [folder]',
      'Show what update would do',
      (command) => command.positional('folder', folder),
      (args) => {
        chosen = async () => (await import('./update.ts')).diff(args)
      },
    )
    .command(
      'eject <file> [folder]',
      'Give a file up: it is yours, and no run touches it',
      (command) => command.positional('file', { type: 'string', demandOption: true }).positional('folder', folder),
      (args) => {
        chosen = async () => (await import('./eject.ts')).eject(args as unknown as EjectArguments)
      },
    )
    .command(
      'explain [target] [folder]',
      'Say why a line is there (Dockerfile:23), or what a rule, practice or error code means',
      (command) => command.positional('target', { type: 'string', hidden }).positional('folder', folder).options({ json }),
      (args) => {
        chosen = async () => (await import('./explain.ts')).explainTarget(args as unknown as ExplainArguments)
      },
    )
    .option('verbose', { describe: 'Print the stack of unexpected errors', type: 'boolean', default: false })
    .demandCommand(1, 'Name a command: init, detect, update, check, diff, eject or explain.')
    .strict()
    .recommendCommands()
    .version(version)
    .help()
    .locale('en')
    .wrap(null)
    .exitProcess(false)
    .fail((message, error) => {
      if (error !== undefined && error !== null) throw error
      throw new Problem({ code: 'usage', exit: 2, message, fix: 'See secure-docker --help.' })
    })
    .parse()
  await chosen()
}
