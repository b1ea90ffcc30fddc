import type { Rule } from '../model/rule.ts'

export const dataOutlives: Rule = {
  id: 'data-outlives',
  title: 'Data outlives its container',
  practices: [26, 60],
  comment: 'What has to outlive the container. `docker compose down --volumes` deletes it.',
  without: 'What the program stores would be gone with its container, and on a read-only file system it could store nothing.',
  options: [],
  seen: (app) => ('writable' in app ? app.writable.flatMap(({ because }) => because) : []),
}
