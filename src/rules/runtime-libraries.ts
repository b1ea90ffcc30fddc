import type { Rule } from '../model/rule.ts'

export const runtimeLibraries: Rule = {
  id: 'runtime-libraries',
  title: 'Only the libraries and programs that are needed at run time',
  practices: [4],
  comment: 'Libraries and programs that are needed at run time, and nothing else.',
  without:
    'The program would not start, because packages load these libraries when they are imported, or fail where it calls these programs.',
  options: ['base'],
  seen: (app) => app.tools?.map(({ because }) => because) ?? [],
}
