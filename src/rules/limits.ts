import type { Rule } from '../model/rule.ts'

export const limits: Rule = {
  id: 'limits',
  title: 'Memory, processors, processes and files are limited',
  practices: [27, 28],
  comment: 'A runaway container cannot starve the host. As much swap as memory means: no swap.',
  without: 'One container that leaks memory or starts processes without end would bring down all others on the host.',
  options: ['memory', 'cpus', 'pids', 'files'],
}
