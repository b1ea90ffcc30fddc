import type { CommandLine } from './command.ts'
import { folder } from './flags.ts'

export const envLine: CommandLine = {
  command: 'env [folder]',
  describe: 'Show the variables that the program reads, where, and what becomes of each',
  examples: [['env', 'what to set before docker compose up']],
  positionals: { folder },
  load: async () => (await import('../env.ts')).env,
}
