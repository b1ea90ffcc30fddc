import type { Rule } from '../model/rule.ts'

export const builtAssets: Rule = {
  id: 'built-assets',
  title: 'Files for browsers come from a stage of their own',
  practices: [1],
  comment: 'What browsers load, as the build of the front end made it.',
  without: 'The program would be built without them: they are not in the repository.',
  options: [],
  seen: (app) => app.assets?.because ?? [],
  change: 'Commit the files, and leave the stage out: a later run keeps your lines.',
}
