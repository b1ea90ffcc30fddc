import type { Sourced } from '../../model/evidence.ts'
import { detected } from '../search.ts'
import { found } from './find.ts'
import type { GoFile } from './source.ts'

/** Routes that people give to their health checks, the plainest first. */
const names = [
  'healthz',
  'livez',
  'health',
  'live',
  'alive',
  'liveness',
  'readyz',
  'ready',
  'readiness',
  'healthcheck',
  'health-check',
  'ping',
  'status',
  'up',
]
const route = new RegExp(
  String.raw`(?:\.(?:Handle(?:Func|r)?|HandlerFunc|GET|Get|HEAD|Head|All|Any|Path|Method(?:Func)?|Route|Add)\(\s{0,20}(?:(?:"GET"|http\.MethodGet),\s{0,20})?|\bcase\s{1,20}|\.URL\.Path\s{0,20}==\s{0,20})"(?:GET |HEAD )?(?<path>/(?:[\w-]{1,30}/){0,3}(?<name>${names.join('|')}))"`,
  'g',
)

/** A route of the code that says whether the program is well; undefined when there is none. */
export function healthRoute(files: readonly GoFile[]): Sourced<string> | undefined {
  const hits = [...found(files, route)].map(({ groups, evidence }) => ({
    path: groups[1] ?? '/',
    rank: names.indexOf(groups[2] ?? ''),
    evidence,
  }))
  const [best] = hits.sort((a, b) => depth(a.path) - depth(b.path) || a.rank - b.rank)
  return best === undefined ? undefined : detected(best.path, best.evidence)
}

function depth(path: string): number {
  return path.split('/').length
}
