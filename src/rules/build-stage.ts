import type { Rule } from '../model/rule.ts'

export const buildStage: Rule = {
  id: 'build-stage',
  title: 'Installing and building have a stage of their own',
  practices: [1, 5, 51],
}
