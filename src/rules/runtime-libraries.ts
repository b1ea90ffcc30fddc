import type { Rule } from '../model/rule.ts'

export const runtimeLibraries: Rule = {
  id: 'runtime-libraries',
  title: 'Only the libraries that are needed at run time',
  practices: [4],
  comment: 'Libraries that the installed packages load at run time.',
  without: 'The program would not start: packages load these libraries when they are imported.',
  options: [],
}
