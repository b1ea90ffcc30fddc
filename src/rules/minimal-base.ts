import type { Rule } from '../model/rule.ts'

export const minimalBase: Rule = {
  id: 'minimal-base',
  title: 'A minimal base image for running',
  practices: [3, 4, 5, 51],
}
