import type { Rule } from '../model/rule.ts'

export const oneImage: Rule = {
  id: 'one-image',
  title: 'Programs of one image share it',
  practices: [],
  comment: 'Other services run the same image under this name. It is built once, and never taken from a registry.',
  without: 'The same image would be built for each program, or one with the same name be taken from a registry.',
  options: [],
  seen: ({ processes }) => processes.flatMap(({ because }) => because),
}
