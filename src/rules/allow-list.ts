import type { Rule } from '../model/rule.ts'

export const allowList: Rule = {
  id: 'allow-list',
  title: 'Only what is copied reaches the builder',
  practices: [44, 10],
  comment: 'An allow-list: only what the Dockerfile copies reaches the builder.',
  without: 'The whole folder would be sent to the builder: slow, and one COPY away from a leaked key.',
  options: [],
  change: 'It follows the COPY lines of the Dockerfile. Add a line `!path` for what a COPY of your own takes.',
}
