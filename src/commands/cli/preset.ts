import type { CommandLine } from './command.ts'

export const presetLine: CommandLine = {
  command: 'preset <action> [target]',
  describe: 'Work with presets: list, show NAME, new FOLDER, test FOLDER',
  examples: [
    ['preset list', 'the presets that come with the program'],
    ['preset test ./our-preset', 'what it changes, and which projects it refuses'],
  ],
  builder: (yargs) =>
    yargs
      .positional('action', { describe: 'What to do', type: 'string', choices: ['list', 'show', 'new', 'test'], demandOption: true })
      .positional('target', { describe: 'Name of a preset, or a folder', type: 'string' }),
  load: async () => (await import('../preset.ts')).preset,
}
