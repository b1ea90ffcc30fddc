import type { Rule } from '../model/rule.ts'

export const timeToStop: Rule = {
  id: 'time-to-stop',
  title: 'Time to stop in order',
  practices: [56],
  without: 'Requests that are under way when the container stops would be cut off.',
  options: [],
}
