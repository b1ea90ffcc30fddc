import type { Rule } from '../model/rule.ts'

export const projectName: Rule = {
  id: 'project-name',
  title: 'The Compose project has a name',
  practices: [],
  without:
    'Compose would take the name of the folder, which differs from one checkout to the next; with it volumes and networks change their names.',
  options: ['name'],
}
