import type { Rule } from '../model/rule.ts'

export const runsOnce: Rule = {
  id: 'runs-once',
  title: 'A step that ends has no health',
  practices: [54],
  comment: 'It ends: what waits for it waits for its success.',
  without: 'The check of the image, which asks a web server, would be taken over and fail.',
  options: [],
  seen: ({ processes }) => processes.flatMap(({ because }) => because),
}
