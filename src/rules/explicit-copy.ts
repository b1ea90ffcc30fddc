import type { Rule } from '../model/rule.ts'

export const explicitCopy: Rule = {
  id: 'explicit-copy',
  title: 'Only named paths are copied',
  practices: [1, 44, 45],
  comment: 'Only what the program needs at run time, by name.',
  without: 'A copy of everything would carry along whatever lies in the folder: keys, dumps, notes.',
  options: [],
}
