import type { Rule } from '../model/rule.ts'

export const hostInterfaceOnly: Rule = {
  id: 'host-interface-only',
  title: 'Published on this machine only',
  practices: [33],
  comment: 'Reachable from this machine only; put a reverse proxy in front to publish it.',
}
