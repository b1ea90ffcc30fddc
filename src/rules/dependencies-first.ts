import type { Rule } from '../model/rule.ts'

export const dependenciesFirst: Rule = {
  id: 'dependencies-first',
  title: 'Manifests are copied before the source',
  practices: [49],
  comment: 'Manifests first: dependencies are installed again only when these files change.',
  without: 'Every change of the source would install all dependencies again.',
  options: [],
  seen: ({ manifests }) => manifests.map((file) => ({ file, saw: 'the file is there' })),
}
