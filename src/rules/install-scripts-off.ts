import type { Rule } from '../model/rule.ts'

export const installScriptsOff: Rule = {
  id: 'install-scripts-off',
  title: 'Install scripts run only for packages that need one',
  practices: [10],
  comment: 'Only these packages run their install script: they bring or build a native part.',
  without: 'These packages would lack their native part. With the scripts of all packages on, any of them could run code while installing.',
  options: [],
}
