import type { Rule } from '../model/rule.ts'

export const builtHere: Rule = {
  id: 'built-here',
  title: 'The image is built from the Dockerfile beside it',
  practices: [],
}
