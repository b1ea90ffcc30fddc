import type { Rule } from '../model/rule.ts'

export const variablesByName: Rule = {
  id: 'variables-by-name',
  title: 'Variables are handed through by name',
  practices: [10, 13],
  comment: 'Handed through from the shell, or from a file named .env beside this one: no value stands here.',
  without: 'The program would not find its settings; with values in this file, secrets would be committed.',
  options: [],
  seen: ({ variables }) => variables.flatMap(({ because }) => because),
}
