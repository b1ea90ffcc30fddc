import type { Rule } from '../model/rule.ts'

export const limits: Rule = {
  id: 'limits',
  title: 'Memory, processors, processes and files are limited',
  practices: [27, 28],
  comment: 'A runaway container cannot starve the host. As much swap as memory means: no swap.',
}
