import type { Rule } from '../model/rule.ts'

export const noNewPrivileges: Rule = {
  id: 'no-new-privileges',
  title: 'No program gains privileges',
  practices: [24],
  comment: 'No program can gain privileges.',
  without: 'A setuid program could raise an intruder to root again.',
  options: [],
}
