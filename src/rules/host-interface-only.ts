import type { Rule } from '../model/rule.ts'

export const hostInterfaceOnly: Rule = {
  id: 'host-interface-only',
  title: 'Published on this machine only',
  practices: [33],
  comment: 'Reachable from this machine only; put a reverse proxy in front to publish it.',
  without: 'Docker would publish the port on every interface of the host, past the rules of most firewalls.',
  options: ['port', 'publish', 'expose-db'],
  change: 'Write the address before the port: `0.0.0.0:` publishes it to the network.',
}
