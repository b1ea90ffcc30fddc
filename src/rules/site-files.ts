import { siteOf } from '../model/app.ts'
import type { Rule } from '../model/rule.ts'

export const siteFiles: Rule = {
  id: 'site-files',
  title: 'Only what the build made is served',
  practices: [1, 4, 17],
  comment: 'What the build made and nothing else: no sources, no packages, no Node.js. Owned by root, writable by nobody.',
  without: 'There would be nothing to serve; with the whole repository copied, sources and settings could be downloaded.',
  options: ['start'],
  seen: (app) => siteOf(app)?.because ?? [],
}
