import type { Rule } from '../model/rule.ts'

export const variablesByName: Rule = {
  id: 'variables-by-name',
  title: 'Variables are handed through by name',
  practices: [10, 13],
  comment: 'Handed through from the shell, or from a file named .env beside this one: no value stands here.',
}
