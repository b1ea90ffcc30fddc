import type { Rule } from '../model/rule.ts'

export const installFromLockfile: Rule = {
  id: 'install-from-lockfile',
  title: 'Dependencies come from the lockfile',
  practices: [2],
  comment: 'Exactly what the lockfile names; install scripts stay off.',
}
