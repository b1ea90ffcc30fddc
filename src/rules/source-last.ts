import type { Rule } from '../model/rule.ts'

export const sourceLast: Rule = {
  id: 'source-last',
  title: 'The source is copied last',
  practices: [49],
  comment: 'The source changes most often, so it comes last.',
  without: 'A change of one file would repeat every step that does not depend on it.',
  options: [],
}
