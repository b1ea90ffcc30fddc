import type { Rule } from '../model/rule.ts'

export const installUndeclared: Rule = {
  id: 'install-undeclared',
  title: 'What a dependency imports without naming it',
  practices: [2],
  comment: 'A dependency imports pkg_resources, which newer releases of setuptools lack.',
  without: 'The newest setuptools would be installed, or none, and the program would stop at its first import.',
  options: [],
  change: 'Name setuptools at a release below 82 in the requirements, or move to a release of the dependency that does without.',
}
