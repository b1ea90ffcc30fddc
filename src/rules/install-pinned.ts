import type { Rule } from '../model/rule.ts'

export const installPinned: Rule = {
  id: 'install-pinned',
  title: 'Exact versions are installed',
  practices: [2, 57],
  comment: 'Exactly the versions that the project names.',
  without: 'Each build could install other versions than those that were tested.',
  options: [],
}
