import type { Rule } from '../model/rule.ts'

export const secretsMade: Rule = {
  id: 'secrets-made',
  title: 'Secrets stay on the machine that made them',
  practices: [10, 13],
  comment: 'Files that git and the builder do not see. `secure-docker secrets` makes those that are missing.',
  without: 'Compose would not know where the secrets lie.',
  options: [],
}
