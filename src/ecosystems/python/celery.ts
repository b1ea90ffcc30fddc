import type { Evidence } from '../../model/evidence.ts'
import { brokers, type Process } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import { matches } from '../search.ts'
import type { Words } from '../shell.ts'
import { plainCommand, type ToldCommand } from '../told-commands.ts'
import { assigned, installed, type Settings } from './settings.ts'

/** Workers of Celery, and what starts work by the clock: as the repository starts them, else as the documentation does. */
export function celeryProcesses(tree: Tree, folder: string, settings: Settings, told: readonly ToldCommand[]): readonly Process[] {
  const app = celeryApp(tree, folder)
  if (app === undefined) return []
  const line = ['celery', '--app', app.module]
  const workers = processes('worker', told, [...line, 'worker', '--loglevel', 'info'], app.because).map((process) => ({
    ...process,
    argv: worker(tree, settings, process.argv),
  }))
  const schedule = scheduleOf(tree, settings, app.because.file)
  if (schedule === undefined || workers.some(({ argv }) => startsWork(argv))) return workers
  const kept = installed(tree, settings, 'django_celery_beat') === undefined ? [] : ['--scheduler', 'django']
  const beats = processes('beat', told, [...line, 'beat', '--loglevel', 'info', ...kept], schedule)
  return [...workers, ...beats.map((process) => ({ ...process, argv: beat(process.argv) }))]
}

function processes(verb: 'worker' | 'beat', told: readonly ToldCommand[], usual: Words, because: Evidence): readonly Process[] {
  const own = told.flatMap((line) => {
    const argv = plainCommand(line, (words) => words[0] === 'celery' && words.includes(verb))
    return argv === undefined ? [] : [{ name: line.name, argv, because: [line.because] }]
  })
  const kind = verb === 'worker' ? 'worker' : 'scheduler'
  const all = own.length > 0 ? own : [{ name: verb, argv: usual, because: [because] }]
  return all.map((process): Process => ({ ...process, kind, environment: {}, needs: brokers, polls: true }))
}

/** The module that makes the application, as `--app` takes it. */
function celeryApp(tree: Tree, folder: string): { readonly module: string; readonly because: Evidence } | undefined {
  const root = folder === '.' ? '' : `${folder}/`
  const files = [...tree.files].filter((file) => file.startsWith(root) && file.endsWith('.py') && !/(?:^|\/)tests?(?:\/|_|\.)/.test(file))
  for (const { evidence } of matches(tree, files, /^\w+[ \t]*(?::[ \t]*Celery[ \t]*)?=[ \t]*(?:celery\.)?Celery\(/gm)) {
    const module = evidence.file
      .slice(root.length)
      .replace(/(?:\/__init__)?\.py$/, '')
      .replaceAll('/', '.')
    if (/^\w+(?:\.\w+)*$/.test(module)) return { module, because: evidence }
  }
  return undefined
}

const schedules = /^[^#\n]*\b(?:CELERY_?BEAT_SCHEDULE\b[^\n]*=|beat_schedule\b[^\n]*[=:]|add_periodic_task\()/gm

/** What shows that work is started by the clock. */
function scheduleOf(tree: Tree, settings: Settings, app: string): Evidence | undefined {
  const [said] = matches(tree, [...settings.files, app], schedules)
  return said?.evidence ?? installed(tree, settings, 'django_celery_beat')
}

function startsWork(argv: Words): boolean {
  return argv.includes('-B') || argv.includes('--beat')
}

// What would put it into the background, or write beside the program. Its name comes from the container, so that there can be several.
const unwanted = /^(?:-D|--detach|-n|--hostname|--pidfile|-f|--logfile|-s|--schedule|--uid|--gid)(?:=|$)/
const alone = /^(?:-D|--detach)$|=/

function kept(argv: Words): Words {
  return argv.filter((word, i) => {
    const before = argv[i - 1] ?? ''
    return !unwanted.test(word) && !(unwanted.test(before) && !alone.test(before))
  })
}

/** As many processes as fit the memory limit, unless the project says how many; by itself Celery starts one for each processor of the host. */
function worker(tree: Tree, settings: Settings, argv: Words): Words {
  const told = argv.some((word) => /^(?:-c|--concurrency|-P|--pool|--autoscale)/.test(word))
  const set = assigned(tree, settings, 'CELERY_WORKER_CONCURRENCY') ?? assigned(tree, settings, 'CELERYD_CONCURRENCY')
  return [...kept(argv), ...(told || set !== undefined ? [] : ['--concurrency', '2']), ...(startsWork(argv) ? schedule : [])]
}

const schedule = ['--schedule', '/tmp/celerybeat-schedule']

/** It wakes often enough for its health check, and writes nothing beside the program. */
function beat(argv: Words): Words {
  return [...kept(argv), '--pidfile=', '--max-interval', '30', ...schedule]
}
