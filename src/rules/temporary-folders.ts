import type { Rule } from '../model/rule.ts'

export const temporaryFolders: Rule = {
  id: 'temporary-folders',
  title: 'Temporary data has folders in memory',
  practices: [16],
  without: 'The program could keep nothing even for a moment; without a size, what it keeps would eat the memory of the host.',
  options: [],
  seen: (app) => ('writable' in app ? app.writable.flatMap(({ because }) => because) : []),
}
