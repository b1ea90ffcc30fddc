import type { Rule } from '../model/rule.ts'

export const neverSent: Rule = {
  id: 'never-sent',
  title: 'Secrets never reach the builder',
  practices: [10, 11],
  comment: 'Never, also inside what is allowed: secrets, version control, installed packages, caches.',
  without: 'A key below an allowed folder would reach the builder, and from there an image.',
  options: ['ignore'],
  change: 'Take the line out when the file is no secret and the program needs it.',
}
