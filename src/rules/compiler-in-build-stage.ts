import type { Rule } from '../model/rule.ts'

export const compilerInBuildStage: Rule = {
  id: 'compiler-in-build-stage',
  title: 'Compilers stay in the build stage',
  practices: [1, 4, 47],
  comment: 'Compilers for native packages. They stay in this stage.',
  without: 'Packages with a native part could not be built here; in the final stage the compilers would wait for an intruder.',
  options: [],
}
