import yargs, { type Argv } from 'yargs'
import { enter } from '../edge/folder.ts'
import { behave } from '../edge/terminal.ts'
import { version } from '../version.ts'
import type { CommandLine } from './cli/command.ts'
import { globals, isHelp } from './cli/flags.ts'
import { lines } from './cli/lines.ts'

/** Reads the command line and runs the command that it names; a command's code is loaded only then. */
export async function run(argv: readonly string[]): Promise<void> {
  // A handler that returns a promise would make yargs lay out the whole help text first.
  let chosen = async (): Promise<void> => {}
  let misuse: (() => Promise<void>) | undefined
  const parser = yargs([...argv])
    .scriptName('secure-docker')
    .parserConfiguration({ 'boolean-negation': false, 'greedy-arrays': false })
    .options(globals)
  for (const line of lines) {
    parser.command(
      line.command,
      line.describe,
      (own) => withExamples(line, line.builder(own)),
      (args) => {
        behave({ quiet: args['quiet'] === true, verbose: args['verbose'] === true, noColor: args['no-color'] === true })
        if (typeof args['cwd'] === 'string') enter(args['cwd'])
        chosen = async () => (await line.load())(args as never)
      },
    )
  }
  parser
    .strict()
    .version(version)
    .help()
    .alias({ help: 'h' })
    .locale('en')
    .wrap(null)
    .exitProcess(false)
    .fail((message, error) => {
      misuse = async () => {
        // yargs' own complaints about what it was given.
        if (error !== undefined && error !== null && error.name !== 'YError') throw error
        throw (await import('./cli/typo.ts')).usageProblem(message, argv, lines)
      }
    })
    .parse()
  await (misuse ?? chosen)()
  if (process.stderr.isTTY) (await import('../edge/version-notice.ts')).mentionNewerVersion(version)
}

/** The help of one command: its own flags and examples, on one screen. */
function withExamples({ command, examples }: CommandLine, own: Argv): Argv {
  if (!isHelp) return own
  own.example(examples.map(([example, what]) => [`$0 ${example}`.trim(), what]))
  if (command === '$0') return own.epilogue('Flags of one command: secure-docker COMMAND --help')
  for (const key of ['help', 'version', ...Object.keys(globals)]) own.hide(key)
  return own.epilogue('Flags of every command: secure-docker --help')
}
