import type { CommandLine } from './command.ts'
import { flag, folder, json } from './flags.ts'

export const secretsLine: CommandLine = {
  command: 'secrets [folder]',
  describe: 'Make the secrets that are missing, each in a file of its own',
  examples: [
    ['secrets', 'in a fresh clone, before docker compose up'],
    ['secrets --example', 'in a continuous integration, with throwaway values for what only you know'],
  ],
  positionals: { folder },
  options: { example: flag('Throwaway values for what only a person knows'), json },
  load: async () => (await import('../secrets.ts')).secrets,
}
