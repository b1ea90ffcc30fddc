import type { Rule } from '../model/rule.ts'

export const secretsInFiles: Rule = {
  id: 'secrets-in-files',
  title: 'Secrets are files, never values',
  practices: [13],
  comment: 'Each is a file in /run/secrets: no value stands here, nor in what `docker inspect` shows.',
  without: 'The program would have no secrets, or they would stand in this file and in every look at the container.',
  options: [],
  seen: ({ variables, services }) => [...services, ...variables.filter((v) => v.secret)].flatMap(({ because }) => because),
}
