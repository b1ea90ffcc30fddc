import type { Rule } from '../model/rule.ts'

export const initProcess: Rule = {
  id: 'init-process',
  title: 'An init as first process',
  practices: [56],
  comment: 'A small init passes signals on and reaps what is left behind.',
  without:
    'A program that does not handle signals as the first process would be killed after the whole stop period, and dead children would pile up.',
  options: [],
}
