import type { Rule } from '../model/rule.ts'

export const exposeServedPort: Rule = {
  id: 'expose-served-port',
  title: 'Only the served port is exposed',
  practices: [32],
  comment: 'The port the program listens on. Documentation: it publishes nothing.',
  without: 'Tools and people who read the image would not know its port.',
  options: ['port'],
}
