import type { Rule } from '../model/rule.ts'

export const allowList: Rule = {
  id: 'allow-list',
  title: 'Only what is copied reaches the builder',
  practices: [44, 10],
  comment: 'An allow-list: only what the Dockerfile copies reaches the builder.',
}
