import type { Rule } from '../model/rule.ts'

export const trustedAuthority: Rule = {
  id: 'trusted-authority',
  title: 'A certificate authority of our own',
  practices: [5],
  without: "Behind a company's proxy or registry, installs and requests fail at certificates that only its own authority signed.",
  options: ['ca-certificate'],
  comment: 'A certificate authority of our own, trusted beside the usual ones.',
}
