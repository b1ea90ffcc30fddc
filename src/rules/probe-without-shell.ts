import type { Rule } from '../model/rule.ts'

export const probeWithoutShell: Rule = {
  id: 'probe-without-shell',
  title: 'A static prober for the health check',
  practices: [54],
  comment: 'A prober for the health check: the final image has no shell and no curl.',
  without: 'The health check would have nothing to run: the final image holds no program but yours.',
  options: [],
}
