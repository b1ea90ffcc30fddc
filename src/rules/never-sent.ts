import type { Rule } from '../model/rule.ts'

export const neverSent: Rule = {
  id: 'never-sent',
  title: 'Secrets never reach the builder',
  practices: [10, 11],
  comment: 'Never, also inside what is allowed: secrets, version control, installed packages, caches.',
}
