import type { CommandLine } from './command.ts'
import { folder } from './flags.ts'

export const explainLine: CommandLine = {
  command: 'explain [target] [folder]',
  describe: 'Say why a line is there (Dockerfile:23), or what a rule, practice or error code means',
  examples: [
    ['explain Dockerfile:23', 'why that line is there'],
    ['explain compose.yaml:40', 'the same for the compose file'],
  ],
  positionals: {
    target: { describe: 'A file and line, a rule, the number of a practice, or the code of an error', type: 'string' },
    folder,
  },
  load: async () => (await import('../explain.ts')).explainTarget,
}
