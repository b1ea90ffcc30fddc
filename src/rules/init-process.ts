import type { Rule } from '../model/rule.ts'

export const initProcess: Rule = {
  id: 'init-process',
  title: 'An init as first process',
  practices: [56],
  comment: 'A small init passes signals on and reaps what is left behind.',
}
