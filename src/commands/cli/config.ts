import type { CommandLine } from './command.ts'
import { folder } from './flags.ts'

export const configLine: CommandLine = {
  command: 'config [folder]',
  describe: 'Show every value that counts, where it comes from and what it overrules',
  examples: [['config --json', 'the same for machines']],
  positionals: { folder },
  load: async () => (await import('../config.ts')).config,
}
