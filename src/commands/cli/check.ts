import type { CommandLine } from './command.ts'
import { flag, folder, text } from './flags.ts'

export const checkLine: CommandLine = {
  command: 'check [folder]',
  describe: 'Fail (exit 5) when update would act; writes nothing',
  examples: [['check --format github', 'annotations on the lines of a pull request']],
  positionals: { folder },
  options: {
    strict: flag('Fail also when only the tool is newer'),
    'require-preset': { ...text('Fail unless this preset is followed'), array: true, nargs: 1 },
    format: { ...text('Annotations for a continuous integration'), choices: ['github'] },
  },
  load: async () => (await import('../update.ts')).check,
}
