import type { Rule } from '../model/rule.ts'

export const restartsEnd: Rule = {
  id: 'restarts-end',
  title: 'Restarts come to an end',
  practices: [29],
  comment: 'A few tries. After a restart of the host, start it again with `docker compose up`.',
  without: 'Without restarts one crash ends the service; with endless ones a broken program keeps a processor busy for ever.',
  options: ['restarts'],
}
