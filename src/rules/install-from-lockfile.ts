import type { Rule } from '../model/rule.ts'

export const installFromLockfile: Rule = {
  id: 'install-from-lockfile',
  title: 'Dependencies come from the lockfile',
  practices: [2],
  comment: 'Exactly what the lockfile names; install scripts stay off.',
  without: 'Each build could install other versions than those that were tested, and code of any package would run while installing.',
  options: [],
  seen: (app) => (app.ecosystem === 'node' && app.lockfile !== undefined ? [{ file: app.lockfile, saw: 'the file is there' }] : []),
}
