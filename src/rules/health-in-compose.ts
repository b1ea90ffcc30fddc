import type { Rule } from '../model/rule.ts'

export const healthInCompose: Rule = {
  id: 'health-in-compose',
  title: 'Compose asks whether the program answers',
  practices: [54],
  comment: 'Any answer below 500 counts as alive.',
}
