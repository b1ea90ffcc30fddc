import type { Rule } from '../model/rule.ts'

export const devWatch: Rule = {
  id: 'dev-watch',
  title: 'Changes that need a new image or a new start get it',
  practices: [],
  comment: 'Taken in with a new image or a new start, by `docker compose up --watch`.',
  without: 'You would build and start again by hand.',
  options: [],
}
