import type { Rule } from '../model/rule.ts'

export const installServer: Rule = {
  id: 'install-server',
  title: 'A production server is added',
  practices: [62],
  comment: 'The project names no production server: this one is added at an exact version.',
  without: 'The development server would stand in: it is neither made nor checked for production.',
  options: [],
  change: 'Name a production server in the requirements of the project: then that one is installed, at your version.',
}
