import type { Rule } from '../model/rule.ts'

export const temporaryFolders: Rule = {
  id: 'temporary-folders',
  title: 'Temporary data has folders in memory',
  practices: [16],
}
