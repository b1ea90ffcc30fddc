import type { CommandLine } from './command.ts'
import { folder } from './flags.ts'

export const ejectLine: CommandLine = {
  command: 'eject <file> [folder]',
  describe: 'Give a file up: it is yours, and no run touches it',
  examples: [['eject compose.yaml', 'the Dockerfile still follows the stack']],
  positionals: { file: { describe: 'A file that secure-docker wrote', type: 'string', demandOption: true }, folder },
  load: async () => (await import('../eject.ts')).eject,
}
