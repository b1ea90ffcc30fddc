import type { Rule } from '../model/rule.ts'

export const onlyRuns: Rule = {
  id: 'only-runs',
  title: 'Nothing tells from outside whether this program works',
  practices: [54],
  comment: 'Only that it is there: one that hangs stays healthy. Write a check of your own where that matters.',
  without: '`docker compose up --wait` would not know when it is there.',
  options: [],
  seen: ({ processes }) => processes.flatMap(({ because }) => because),
}
