import type { Rule } from '../model/rule.ts'

export const installUnlocked: Rule = {
  id: 'install-unlocked',
  title: 'No lockfile: the newest allowed versions',
  practices: [2],
  comment: 'There is no lockfile, so each build may install other versions. Commit one.',
  without: 'No dependency would be there.',
  options: [],
  change: 'Commit a lockfile and run `secure-docker update`: then exactly those versions are installed.',
}
