import type { Rule } from '../model/rule.ts'

export const noCapabilities: Rule = {
  id: 'no-capabilities',
  title: 'Neither root nor capabilities',
  practices: [14, 20, 22, 23],
  comment: 'Not root, and without any capability.',
  without: 'An intruder would hold rights of the kernel that no web program needs: raw sockets, other owners for files.',
  options: ['user'],
}
