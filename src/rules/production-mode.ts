import type { Rule } from '../model/rule.ts'

export const productionMode: Rule = {
  id: 'production-mode',
  title: 'Production mode',
  practices: [62],
  comment: 'Production mode.',
}
