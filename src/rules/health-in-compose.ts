import type { Rule } from '../model/rule.ts'

export const healthInCompose: Rule = {
  id: 'health-in-compose',
  title: 'Compose asks whether the program answers',
  practices: [54],
  comment: 'Any answer below 500 counts as alive.',
  without: '`docker compose up --wait` would not know when the program is ready, and others could start before it is.',
  options: ['health', 'port', 'health-interval', 'health-timeout', 'health-start', 'health-retries'],
}
