import type { Rule } from '../model/rule.ts'

export const writableFolders: Rule = {
  id: 'writable-folders',
  title: 'What the program writes has folders of its own',
  practices: [16, 25],
  comment: 'The only folders that the program may write to, under any user id. Compose mounts a volume on each.',
  without: 'The program could not store what it has to: everything else is read-only.',
  options: [],
  seen: (app) => ('writable' in app ? app.writable.flatMap(({ because }) => because) : []),
}
