import type { Rule } from '../model/rule.ts'

export const boundedLogs: Rule = {
  id: 'bounded-logs',
  title: 'Logs are bounded',
  practices: [61],
  comment: 'Logs cannot fill the disk.',
  without: 'Docker keeps what a program prints for ever: a talkative one fills the disk of its host.',
  options: ['log-size', 'log-files'],
}
