import type { Rule } from '../model/rule.ts'

export const productionMode: Rule = {
  id: 'production-mode',
  title: 'Production mode',
  practices: [62],
  comment: 'Production mode.',
  without: 'Frameworks would run in development mode: slower, and with errors shown to visitors.',
  options: ['port'],
}
