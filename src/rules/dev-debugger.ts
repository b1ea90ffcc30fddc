import type { Rule } from '../model/rule.ts'

export const devDebugger: Rule = {
  id: 'dev-debugger',
  title: 'A debugger of this machine can be attached',
  practices: [],
  comment: 'Loosened: whoever is on this machine can look into the program and change it.',
  without: 'No debugger would reach the program.',
  options: [],
  change: 'Take the port and the argument that opens it away when you need no debugger.',
}
