import type { Rule } from '../model/rule.ts'

export const stillWorks: Rule = {
  id: 'still-works',
  title: 'A worker is asked whether it still looks for work',
  practices: [54],
  comment: 'Looking for work, it sleeps and wakes. When it did not wake since the last time, it hangs.',
  without: 'A worker that hangs would look like one that has nothing to do.',
  options: [],
  seen: ({ processes }) => processes.flatMap(({ because }) => because),
}
