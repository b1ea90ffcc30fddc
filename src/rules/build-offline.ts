import type { Rule } from '../model/rule.ts'

export const buildOffline: Rule = {
  id: 'build-offline',
  title: 'The build step has no network',
  practices: [2, 10],
  comment: 'The build itself needs no network: nothing unlocked can slip in.',
  without: 'A build script could fetch code that no lockfile names, or send out what it reads.',
  options: [],
  change: 'Take `--network=none` out of the line when your build has to fetch something.',
}
