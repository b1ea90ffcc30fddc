import yargs, { type Argv } from 'yargs'
import { nearest } from '../../choose/toml.ts'
import { exitCodes, Problem } from '../../model/problem.ts'
import type { CommandLine } from './command.ts'
import { globals } from './flags.ts'

/** What was wrong with a command line, in yargs' words, with the nearest names of what it did not know. */
export function usageProblem(message: string, argv: readonly string[], lines: readonly CommandLine[]): Problem {
  const commands = lines.map(({ command }) => command.split(' ', 1)[0] ?? '').filter((name) => name !== '$0')
  const line = lines.find(({ command }) => command.split(' ', 1)[0] === argv.find((word) => commands.includes(word))) ?? lines[0]
  const flags = line === undefined ? [] : flagsOf(line)
  const unknown = message.startsWith('Unknown ') ? message.replace(/^[^:]*: /, '').split(', ') : []
  const words = argv.map((word) => word.replace(/=.*/, '')).filter((word) => unknown.includes(word.replace(/^--?/, '')))
  const near = words.flatMap((word) => nearest(word, word.startsWith('-') ? flags : commands) ?? [])
  const help = line?.command.startsWith('$0') === false ? `${line.command.split(' ', 1)[0]} --help` : '--help'
  return new Problem({
    code: 'usage',
    exit: exitCodes.usage,
    message: words.length === 0 ? message : `${words.join(' and ')}: ${complaint(words, line)}.`,
    fix: `${near.length === 0 ? '' : `Did you mean ${near.join(' or ')}? `}See secure-docker ${help}`,
  })
}

function flagsOf({ builder }: CommandLine): readonly string[] {
  // At run time yargs tells its options; its types leave that out.
  const parser = builder(yargs([]).options(globals)) as Argv & { getOptions(): { readonly key: Readonly<Record<string, unknown>> } }
  return Object.keys(parser.getOptions().key).map((key) => `--${key}`)
}

function complaint(words: readonly string[], line: CommandLine | undefined): string {
  if (words.every((word) => word.startsWith('-'))) return 'there is no such flag'
  return line?.command === '$0' ? 'there is no such command' : 'that is more than this command takes'
}
