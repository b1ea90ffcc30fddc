import type { Rule } from '../model/rule.ts'

export const bytecodeAtBuild: Rule = {
  id: 'bytecode-at-build',
  title: 'Python bytecode is compiled while building',
  practices: [25],
  comment: 'Compiled here, because at run time the file system is read-only.',
  without: 'Python would compile every module again at each start, because it can store nothing.',
  options: [],
}
