import type { Rule } from '../model/rule.ts'

export const programIsPid1: Rule = {
  id: 'program-is-pid-1',
  title: 'The program itself is started',
  practices: [55, 56],
  comment: 'The program itself, not a package manager or a shell: it receives the stop signal.',
  without: 'A package manager or a shell in between swallows the stop signal: the container is killed in the middle of its work.',
  options: ['start', 'port'],
}
