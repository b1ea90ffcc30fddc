import type { CommandLine } from './command.ts'
import { dryRun, flag, folder, text } from './flags.ts'

export const updateLine: CommandLine = {
  command: 'update [folder]',
  describe: 'Bring the files up to date with the stack, and keep every hand edit',
  examples: [
    ['update --conflict markers', 'write both sides where you and the tool changed the same lines'],
    ['update --offline', 'without a network: with the presets that are kept'],
    ['update --undo', 'take the last run back'],
  ],
  positionals: { folder },
  options: {
    conflict: { ...text('What to do where both changed the same lines'), choices: ['markers'] },
    offline: flag('Fetch no presets: work with those that are kept'),
    undo: flag('Restore what the last run replaced'),
    'dry-run': dryRun,
  },
  load: async () => (await import('../update.ts')).update,
}
