import type { CommandLine } from './command.ts'
import { ecosystem, folder } from './flags.ts'

export const detectLine: CommandLine = {
  command: 'detect [folder]',
  describe: 'Show what the repository holds, with the file and line that shows it',
  examples: [['detect --json', 'the same for machines']],
  positionals: { folder },
  options: { ecosystem },
  load: async () => (await import('../detect.ts')).detect,
}
