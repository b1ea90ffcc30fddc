import type { Rule } from '../model/rule.ts'

export const builtHere: Rule = {
  id: 'built-here',
  title: 'The image is built from the Dockerfile beside it',
  practices: [],
  without: 'Compose would not know which program to run, nor how its image is built.',
  options: ['service'],
}
