import type { Rule } from '../model/rule.ts'

export const readOnlyRoot: Rule = {
  id: 'read-only-root',
  title: 'The file system is read-only',
  practices: [25],
  comment: 'Nothing can be written but what is listed under tmpfs and volumes.',
  without: 'An intruder could store tools and change files; what a program writes in passing would be lost unnoticed.',
  options: [],
}
