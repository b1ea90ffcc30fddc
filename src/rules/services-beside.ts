import type { Rule } from '../model/rule.ts'

export const servicesBeside: Rule = {
  id: 'services-beside',
  title: 'What the project needs beside itself, from official images',
  practices: [5, 51],
  without: 'The program would find no database, cache or queue, and not start or fail when it is used.',
  options: ['services'],
  seen: ({ services }) => services.flatMap(({ because }) => because),
}
