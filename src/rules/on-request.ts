import type { Rule } from '../model/rule.ts'

export const onRequest: Rule = {
  id: 'on-request',
  title: 'Data to begin with is filled in on request',
  practices: [],
  comment: 'Runs on request only: `docker compose run --rm` with its name.',
  without: 'Every start would fill in the data again.',
  options: [],
  seen: ({ processes }) => processes.flatMap(({ because }) => because),
}
