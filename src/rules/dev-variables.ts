import type { Rule } from '../model/rule.ts'

export const devVariables: Rule = {
  id: 'dev-variables',
  title: 'Variables for development',
  practices: [],
  comment: 'What is set otherwise while it is written.',
  without: 'The program would run as in production, or take old compiled files for the sources.',
  options: [],
}
