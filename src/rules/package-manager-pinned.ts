import type { Rule } from '../model/rule.ts'

export const packageManagerPinned: Rule = {
  id: 'package-manager-pinned',
  title: 'The package manager has an exact version',
  practices: [57],
  comment: 'The package manager at an exact version.',
}
