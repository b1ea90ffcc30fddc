import type { Rule } from '../model/rule.ts'

export const pageHealth: Rule = {
  id: 'page-health',
  title: 'The page itself is asked for',
  practices: [54],
  comment: 'The page itself is asked for: where it is missing, the site is not there.',
  without: 'A server that answers every address with an error would look healthy.',
  options: ['health', 'port', 'health-interval', 'health-timeout', 'health-start', 'health-retries'],
}
