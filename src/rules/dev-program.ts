import type { Rule } from '../model/rule.ts'

export const devProgram: Rule = {
  id: 'dev-program',
  title: 'The program takes in changes by itself',
  practices: [],
  comment: 'Loosened: started so that it takes in each change by itself.',
  without: 'A change would be seen only after the next start.',
  options: [],
}
