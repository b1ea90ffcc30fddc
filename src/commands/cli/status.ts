import type { CommandLine } from './command.ts'

export const statusLine: CommandLine = {
  command: '$0',
  describe: 'Say whether the files here are current; offer to write them where there are none',
  examples: [
    ['', 'what is here, and what to do about it'],
    ['init --yes', 'write hardened container files, and ask nothing'],
    ['check --cwd services/api', 'the same as: cd services/api; secure-docker check'],
  ],
  load: async () => (await import('../status.ts')).status,
}
