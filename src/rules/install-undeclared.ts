import type { Rule } from '../model/rule.ts'

export const installUndeclared: Rule = {
  id: 'install-undeclared',
  title: 'What a dependency needs without naming the release',
  practices: [2],
  comment: 'A dependency does not go with the newest release of these, and does not say so.',
  without: 'The newest release would be installed, or none, and the program would stop at its first use.',
  options: [],
  change: 'Name them at these releases in the requirements, or move to a release of the dependency that does without.',
}
