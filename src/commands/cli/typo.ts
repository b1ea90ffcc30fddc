import { nearest } from '../../choose/toml.ts'
import { exitCodes, Problem } from '../../model/problem.ts'
import { type CommandLine, nameOf } from './command.ts'
import { globals } from './flags.ts'

/** What was wrong with a command line, in yargs' words, with the nearest names of what it did not know. */
export function usageProblem(message: string, argv: readonly string[], lines: readonly CommandLine[]): Problem {
  const commands = lines.map(nameOf).filter((name) => name !== '$0')
  const line = lines.find((known) => nameOf(known) === argv.find((word) => commands.includes(word))) ?? lines[0]
  const flags = line === undefined ? [] : flagsOf(line)
  const unknown = message.startsWith('Unknown ') ? message.replace(/^[^:]*: /, '').split(', ') : []
  const words = argv.map((word) => word.replace(/=.*/, '')).filter((word) => unknown.includes(word.replace(/^--?/, '')))
  const near = words.flatMap((word) => nearest(word, word.startsWith('-') ? flags : commands) ?? [])
  const help = line?.command.startsWith('$0') === false ? `${nameOf(line)} --help` : '--help'
  return new Problem({
    code: 'usage',
    exit: exitCodes.usage,
    message: words.length === 0 ? message : `${words.join(' and ')}: ${complaint(words, line)}.`,
    fix: `${near.length === 0 ? '' : `Did you mean ${near.join(' or ')}? `}See secure-docker ${help}`,
  })
}

function flagsOf({ options = {} }: CommandLine): readonly string[] {
  return Object.keys({ ...globals, ...options, help: {}, version: {} }).map((key) => `--${key}`)
}

function complaint(words: readonly string[], line: CommandLine | undefined): string {
  if (words.every((word) => word.startsWith('-'))) return 'there is no such flag'
  return line?.command === '$0' ? 'there is no such command' : 'that is more than this command takes'
}
