import yargs, { type Argv } from 'yargs'
import { version } from '../../version.ts'
import type { Chosen, CommandLine } from './command.ts'
import { globals, isHelp } from './flags.ts'
import { lines } from './lines.ts'

/** Reads any command line; undefined when yargs answered it itself: help, the version, what a shell may complete. Throws what was wrong with it. */
export async function read(argv: readonly string[]): Promise<Chosen | undefined> {
  let chosen: Chosen | undefined
  let misuse: string | undefined
  let fault: Error | undefined
  const parser = yargs([...argv])
    .scriptName('secure-docker')
    .parserConfiguration({ 'boolean-negation': false, 'greedy-arrays': false })
    .options(globals)
  for (const line of lines) {
    parser.command(
      line.command,
      line.describe,
      (own) => withExamples(line, withTables(line, own)),
      (args) => {
        chosen = { line, args }
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
      // YError is what yargs complains with.
      if (error !== undefined && error !== null && error.name !== 'YError') fault = error
      else misuse = message
    })
    .parse()
  if (fault !== undefined) throw fault
  if (misuse !== undefined) throw (await import('./typo.ts')).usageProblem(misuse, argv, lines)
  return chosen
}

function withTables({ positionals = {}, options = {} }: CommandLine, own: Argv): Argv {
  for (const [name, table] of Object.entries(positionals)) own.positional(name, table)
  return own.options(options)
}

/** The help of one command: its own flags and examples, on one screen. */
function withExamples({ command, examples }: CommandLine, own: Argv): Argv {
  if (!isHelp) return own
  own.example(examples.map(([example, what]) => [`$0 ${example}`.trim(), what]))
  if (command === '$0') return own.epilogue('Flags of one command: secure-docker COMMAND --help')
  for (const key of ['help', 'version', ...Object.keys(globals)]) own.hide(key)
  return own.epilogue('Flags of every command: secure-docker --help')
}
