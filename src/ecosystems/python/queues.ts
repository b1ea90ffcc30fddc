import { brokers, databases, type ServiceKind } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import type { Settings } from './settings.ts'

/** A queue that is a Django app with a command of its own. */
interface DjangoQueue {
  readonly app: string
  /** Arguments of manage.py. */
  command(tree: Tree, settings: Settings): readonly string[]
  readonly needs: readonly ServiceKind[]
  /** Its main process wakes to look for work, or after its children. */
  readonly polls: boolean
}

/** Whether the main process of each wakes without work was seen with the releases of 2026-11: once in seconds, but for Django Q's, which only waits for its guard. */
export const djangoQueues: readonly DjangoQueue[] = [
  // Without the time it would wait for seven minutes at a stretch.
  {
    app: 'django_rq',
    command: (tree, settings) => ['rqworker', ...rqQueues(tree, settings), '--worker-ttl', '60'],
    needs: brokers,
    polls: true,
  },
  { app: 'huey.contrib.djhuey', command: () => ['run_huey'], needs: ['redis', 'valkey'], polls: true },
  { app: 'django_dramatiq', command: () => ['rundramatiq', '--processes', '1', '--threads', '4'], needs: brokers, polls: true },
  { app: 'django_q', command: () => ['qcluster'], needs: [...brokers, ...databases], polls: false },
]

/** The names of the queues: keys of the one dictionary, written one level deep. */
function rqQueues(tree: Tree, settings: Settings): readonly string[] {
  for (const file of settings.files) {
    const body = /^RQ_QUEUES[^\n]*\{\n([\s\S]{0,4000}?)^\}/m.exec(tree.texts.get(file) ?? '')?.[1] ?? ''
    const depth = /^([ \t]+)/.exec(body)?.[1] ?? ''
    const names = [...body.matchAll(/^([ \t]+)["']([\w-]{1,60})["'][ \t]*:/gm)].flatMap((m) => (m[1] === depth ? [m[2] ?? ''] : []))
    if (names.length > 0) return names
  }
  return ['default']
}
