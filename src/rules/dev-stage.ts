import type { Rule } from '../model/rule.ts'

export const devStage: Rule = {
  id: 'dev-stage',
  title: 'While it is written, the stage that builds it runs',
  practices: [],
  comment: 'Loosened: the stage that builds it, with its shell, package manager and tools.',
  without: 'The final image has none of the tools that run the sources as they are.',
  options: [],
}
