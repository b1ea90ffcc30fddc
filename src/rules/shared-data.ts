import type { Rule } from '../model/rule.ts'

export const sharedData: Rule = {
  id: 'shared-data',
  title: 'Programs of one app share what they keep',
  practices: [],
  comment: 'Programs of one app share what they keep.',
  without: 'KICS would ask of each service whether the volume is shared on purpose.',
  options: [],
  seen: ({ processes }) => processes.flatMap(({ because }) => because),
}
