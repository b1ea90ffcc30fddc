import type { Rule } from '../model/rule.ts'

export const execHealthCheck: Rule = {
  id: 'exec-health-check',
  title: 'A health check that needs no shell',
  practices: [54],
  comment: 'Any answer below 500 counts as alive. Needs neither a shell nor curl.',
  without: 'Docker would call a program that hangs healthy; and a check that needs a shell fails where there is none.',
  options: ['health', 'port', 'health-interval', 'health-timeout', 'health-start', 'health-retries'],
}
