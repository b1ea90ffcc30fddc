import type { Rule } from '../model/rule.ts'

export const packageManagerPinned: Rule = {
  id: 'package-manager-pinned',
  title: 'The package manager has an exact version',
  practices: [57],
  comment: 'The package manager at an exact version.',
  without: 'Each build could install with another release of the package manager, and resolve other versions.',
  options: [],
}
