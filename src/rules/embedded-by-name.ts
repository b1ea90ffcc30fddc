import type { Rule } from '../model/rule.ts'

export const embeddedByName: Rule = {
  id: 'embedded-by-name',
  title: 'What the program embeds by name is sent',
  practices: [44],
  comment: 'The code embeds these by name, and does not build without them: they are in the program for all to read.',
  without: 'The build would end with: pattern matches no files.',
  options: [],
  change: 'Embed a secret nowhere: hand it to the running program as a file.',
}
