import type { Rule } from '../model/rule.ts'

export const ownNetwork: Rule = {
  id: 'own-network',
  title: 'A network by need',
  practices: [34, 35],
  comment: 'A network of its own, not the default bridge.',
  without: 'All containers of the host would meet on the default bridge, strangers included.',
  options: ['network', 'expose-db'],
}
