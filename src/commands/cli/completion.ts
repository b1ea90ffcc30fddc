import type { CommandLine } from './command.ts'

export const completionLine: CommandLine = {
  command: 'completion <shell>',
  describe: 'Print the script that makes a shell complete commands, flags and their values',
  examples: [
    ['completion bash > ~/.local/share/bash-completion/completions/secure-docker', 'for the shells to come'],
    ['completion fish | source', 'for this shell'],
  ],
  positionals: { shell: { describe: 'Which shell', choices: ['bash', 'zsh', 'fish'], demandOption: true } },
  load: async () => (await import('../completion.ts')).completion,
}
