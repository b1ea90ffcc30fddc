import type { Rule } from '../model/rule.ts'

export const projectName: Rule = {
  id: 'project-name',
  title: 'The Compose project has a name',
  practices: [],
}
