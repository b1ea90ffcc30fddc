import type { Rule } from '../model/rule.ts'

export const installServer: Rule = {
  id: 'install-server',
  title: 'A production server is added',
  practices: [62],
  comment: 'The project names no production server: this one is added at an exact version.',
}
