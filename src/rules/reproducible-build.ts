import type { Rule } from '../model/rule.ts'

export const reproducibleBuild: Rule = {
  id: 'reproducible-build',
  title: 'The same source gives the same program',
  practices: [2],
  comment: 'Only the locked modules and this compiler; no paths and no state of this machine get into the program.',
  without: 'The same source would give another program on another machine, and nobody could check one against the other.',
  options: [],
}
