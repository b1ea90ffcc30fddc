import type { Rule } from '../model/rule.ts'

export const arbitraryUser: Rule = {
  id: 'arbitrary-user',
  title: 'A numeric user that owns nothing',
  practices: [14, 15, 18, 21],
  comment: 'Not root. The files belong to root and are readable by all, so any other user id works too.',
}
