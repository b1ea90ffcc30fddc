import type { Rule } from '../model/rule.ts'

export const devOnly: Rule = {
  id: 'dev-only',
  title: 'The file for development stays on this machine',
  practices: [],
  comment: 'For development on this machine only: each comment below names what it loosens.',
  without: 'The loosened services might be started where others reach them.',
  options: ['dev'],
  change: 'Write it with dev = true in secure-docker.toml, and be rid of it with dev = false.',
}
