import yargs from 'yargs'
import { Problem } from '../model/problem.ts'
import { version } from '../version.ts'
import { checkLine } from './cli/check.ts'
import type { CommandLine } from './cli/command.ts'
import { completionLine } from './cli/completion.ts'
import { detectLine } from './cli/detect.ts'
import { diffLine } from './cli/diff.ts'
import { ejectLine } from './cli/eject.ts'
import { explainLine } from './cli/explain.ts'
import { initLine } from './cli/init.ts'
import { secretsLine } from './cli/secrets.ts'
import { updateLine } from './cli/update.ts'

/** Every command, in the order of the help. */
const lines: readonly CommandLine[] = [
  initLine,
  detectLine,
  updateLine,
  checkLine,
  diffLine,
  secretsLine,
  ejectLine,
  explainLine,
  completionLine,
]

/** Reads the command line and runs the command that it names; a command's code is loaded only then. */
export async function run(argv: readonly string[]): Promise<void> {
  // A handler that returns a promise would make yargs lay out the whole help text first.
  let chosen = async (): Promise<void> => {}
  const parser = yargs([...argv]).scriptName('secure-docker')
  for (const { command, describe, examples, builder, load } of lines) {
    parser.command(
      command,
      describe,
      (own) => builder(own).example(examples.map(([example, what]) => [`$0 ${example}`, what])),
      (args) => {
        chosen = async () => (await load())(args as never)
      },
    )
  }
  parser
    .option('verbose', { describe: 'Print the stack of unexpected errors', type: 'boolean', default: false })
    .demandCommand(1, `Name a command: ${lines.map(({ command }) => command.split(' ', 1)[0]).join(', ')}.`)
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
  if (process.stderr.isTTY) (await import('../edge/version-notice.ts')).mentionNewerVersion(version)
}
