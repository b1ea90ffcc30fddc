import type { Rule } from '../model/rule.ts'

export const initScripts: Rule = {
  id: 'init-scripts',
  title: 'A new database begins with what the repository fills it with',
  practices: [],
  comment: 'Run once, while the data is made. To run it again: `docker compose down --volumes`.',
  without: 'The database would begin empty, and the program would not find its tables.',
  options: [],
  seen: ({ services }) => services.flatMap(({ initScripts = [] }) => initScripts.map(({ because }) => because)),
}
