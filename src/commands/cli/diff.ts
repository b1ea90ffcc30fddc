import type { CommandLine } from './command.ts'
import { folder } from './flags.ts'

export const diffLine: CommandLine = {
  command: 'diff [folder]',
  describe: 'Show what update would do',
  examples: [['diff | less', 'without colours']],
  positionals: { folder },
  load: async () => (await import('../update.ts')).diff,
}
