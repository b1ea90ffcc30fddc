import type { Rule } from '../model/rule.ts'

export const minimalBase: Rule = {
  id: 'minimal-base',
  title: 'A minimal base image for running',
  practices: [3, 4, 5, 51],
  without:
    'A full system image brings a shell, a package manager and hundreds of packages: each one to be patched, each one of use to an intruder.',
  options: ['release', 'base', 'registries'],
}
