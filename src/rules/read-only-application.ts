import type { Rule } from '../model/rule.ts'

export const readOnlyApplication: Rule = {
  id: 'read-only-application',
  title: 'The application cannot be written by its user',
  practices: [17, 25],
  comment: 'Owned by root, readable by all, writable by nobody.',
  without: 'An intruder could change the program, and the change would stay until the container is replaced.',
  options: [],
}
