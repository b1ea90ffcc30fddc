import type { Rule } from '../model/rule.ts'

export const noCapabilities: Rule = {
  id: 'no-capabilities',
  title: 'Neither root nor capabilities',
  practices: [14, 20, 22, 23],
  comment: 'Not root, and without any capability.',
}
