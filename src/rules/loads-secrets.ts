import type { Rule } from '../model/rule.ts'

export const loadsSecrets: Rule = {
  id: 'loads-secrets',
  title: 'The program gets its secrets from files',
  practices: [13],
  comment: 'Reads the secrets into its environment, where Docker shows them to nobody, and becomes the program.',
  without: 'The program would not find its secrets, or everybody who may ask Docker would see them.',
  options: [],
  seen: ({ variables }) => variables.filter((v) => v.secret).flatMap(({ because }) => because),
}
