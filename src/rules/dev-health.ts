import type { Rule } from '../model/rule.ts'

export const devHealth: Rule = {
  id: 'dev-health',
  title: 'The health check runs in that stage too',
  practices: [],
  comment: 'Asked with the program that this stage has.',
  without: 'The health check would look for a program that the other stage does not have.',
  options: [],
}
