import type { Rule } from '../model/rule.ts'

export const buildOffline: Rule = {
  id: 'build-offline',
  title: 'The build step has no network',
  practices: [2, 10],
  comment: 'The build itself needs no network: nothing unlocked can slip in.',
}
