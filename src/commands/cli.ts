import { failed } from '../edge/exit.ts'
import { enter } from '../edge/folder.ts'
import { behave } from '../edge/terminal.ts'
import { version } from '../version.ts'
import { plain } from './cli/plain.ts'

/** Reads the command line and runs the command that it names; a command's code is loaded only then. */
export async function run(argv: readonly string[]): Promise<void> {
  await chosenOf(argv).catch(failed)
}

async function chosenOf(argv: readonly string[]): Promise<void> {
  const chosen = plain(argv) ?? (await (await import('./cli/yargs.ts')).read(argv))
  if (chosen !== undefined) {
    const { line, args } = chosen
    behave({ quiet: args['quiet'] === true, verbose: args['verbose'] === true, noColor: args['no-color'] === true })
    if (typeof args['cwd'] === 'string') enter(args['cwd'])
    await (await line.load())(args as never)
  }
  if (process.stderr.isTTY) (await import('../edge/version-notice.ts')).mentionNewerVersion(version)
}
