import type { Rule } from '../model/rule.ts'

export const waitsUntilHealthy: Rule = {
  id: 'waits-until-healthy',
  title: 'It starts when what it needs answers',
  practices: [54],
  without: 'The program would start before its database answers, and many give up then.',
  options: [],
}
