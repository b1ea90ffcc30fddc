import type { CommandLine } from './command.ts'
import { choices, dryRun, flag, folder, furtherChoices, text } from './flags.ts'

export const initLine: CommandLine = {
  command: 'init [folder]',
  describe: 'Write a hardened Dockerfile, .dockerignore and compose.yaml',
  examples: [
    ['init', 'ask what the files leave open, show what would be written, write it'],
    ['init --yes --port 8080', 'never ask'],
    ['init --preset strict', 'follow a preset from now on'],
  ],
  positionals: { folder },
  options: {
    ...choices,
    preset: { ...text('Follow a preset; may be given several times, the last wins'), array: true, nargs: 1 },
    yes: flag('Never ask: take what was found, and the defaults', 'y'),
    force: flag('Replace files that are there; the old ones are kept for undo'),
    beside: flag('Write beside files that are there: Dockerfile.hardened, compose.hardened.yaml'),
    'dry-run': dryRun,
    answer: {
      ...text(`Answer by name: port=8080; repeatable. Also (or as flags): ${furtherChoices}`),
      array: true,
      requiresArg: true,
    },
    answers: text('Take answers from a file, TOML or JSON'),
  },
  load: async () => (await import('../init.ts')).init,
}
