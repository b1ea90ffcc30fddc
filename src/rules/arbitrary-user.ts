import type { Rule } from '../model/rule.ts'

export const arbitraryUser: Rule = {
  id: 'arbitrary-user',
  title: 'A numeric user that owns nothing',
  practices: [14, 15, 18, 21],
  comment: 'Not root. The files belong to root and are readable by all, so any other user id works too.',
  without:
    'A process that breaks out of its container, or a folder mounted into it, would meet the rights of root. A cluster that gives every container a user id of its own could not run the image.',
  options: ['user'],
}
