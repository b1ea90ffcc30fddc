import type { Rule } from '../model/rule.ts'

export const buildStage: Rule = {
  id: 'build-stage',
  title: 'Installing and building have a stage of their own',
  practices: [1, 5, 51],
  without: 'Compilers, caches and sources would be part of the image that runs, and of use to an intruder.',
  options: ['release'],
}
