import type { Rule } from '../model/rule.ts'

export const modulesVerified: Rule = {
  id: 'modules-verified',
  title: 'Go modules are checked against go.sum',
  practices: [2, 47],
  comment: 'Exactly the modules of go.mod, each checked against go.sum.',
  without: 'A module that was changed after it was published could get into the program.',
  options: [],
}
