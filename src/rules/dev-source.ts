import type { Rule } from '../model/rule.ts'

export const devSource: Rule = {
  id: 'dev-source',
  title: 'The sources of this machine take the place of those in the image',
  practices: [],
  comment: 'Loosened: sources of this machine stand in the place of those in the image, for reading only.',
  without: 'Each change would need a new image.',
  options: [],
}
