import type { CommandLine } from './command.ts'
import { dryRun } from './flags.ts'

export const presetLine: CommandLine = {
  command: 'preset <action> [target]',
  describe: 'Work with presets: list, show REF, new FOLDER, test FOLDER, update [FOLDER]',
  examples: [
    ['preset list', 'the presets that come with the program'],
    ['preset test ./our-preset', 'what it changes, and which projects it refuses'],
    ['preset update', 'fetch all presets whole, compare them with what was pinned, bring the files up to date'],
  ],
  positionals: {
    action: { describe: 'What to do', type: 'string', choices: ['list', 'show', 'new', 'test', 'update'], demandOption: true },
    target: { describe: 'A preset: its name, file, folder or address; for update a folder', type: 'string' },
  },
  options: { 'dry-run': dryRun },
  load: async () => (await import('../preset.ts')).preset,
}
