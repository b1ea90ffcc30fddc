import type { Rule } from '../model/rule.ts'

export const ownVariables: Rule = {
  id: 'own-variables',
  title: 'Variables of the project or its presets',
  practices: [10, 62],
  without: 'What the project or its presets chose would not reach the program.',
  options: ['environment'],
  comment: 'Chosen by the project or a preset. Nothing secret: whoever has the image can read it.',
}
