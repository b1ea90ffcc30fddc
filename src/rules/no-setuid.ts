import type { Rule } from '../model/rule.ts'

export const noSetuid: Rule = {
  id: 'no-setuid',
  title: 'No setuid or setgid programs',
  practices: [17, 24],
  comment: 'No program in the image can change its user.',
  without: 'Programs of the base image that run as root for anybody, such as su, would stay within reach.',
  options: [],
}
