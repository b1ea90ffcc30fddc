import type { App, Notice } from '../model/app.ts'
import type { Process, ServiceNeed } from '../model/service.ts'

/**
 * The app with those of its further programs that find what they need, and a notice for those that do not. What such a program needs is
 * no longer optional: the code may do without a broker, its worker may not.
 */
export function withUsable<A extends App>(app: A): A {
  const kinds = new Set(app.services.map((need) => need.kind))
  const finds = ({ needs }: Process): boolean => needs.length === 0 || needs.some((kind) => kinds.has(kind))
  const missing = app.processes.filter((process) => !finds(process) && isTold(process))
  const processes = app.processes.filter(finds)
  return { ...app, services: processes.reduce(needing(app), app.services), processes, notices: [...app.notices, ...missing.map(leftOut)] }
}

function needing(app: App) {
  const writable = app.ecosystem === 'go' ? app.programs.flatMap((p) => p.writable) : app.writable
  const keepsFile = writable.some((w) => w.database !== undefined)
  return (services: readonly ServiceNeed[], { kind, needs }: Process): readonly ServiceNeed[] => {
    const known = services.filter((need) => needs.includes(need.kind))
    const done = known.some((need) => !need.optional) || kind === 'seed' || (kind === 'once' && keepsFile)
    const first = done ? undefined : (known.find(isForJobs) ?? known[0])
    return services.map((need) => (need === first ? { ...need, optional: false } : need))
  }
}

/** A variable of its address says so. */
function isForJobs({ connections }: ServiceNeed): boolean {
  return connections.some(({ variable }) => /broker|celery|queue|rq|amqp|rabbit/i.test(variable))
}

/** The repository does more than hold a file, and the program needs it. */
function isTold({ kind, because: [seen] }: Process): boolean {
  return seen?.line !== undefined && kind !== 'seed'
}

function leftOut({ name, argv, needs, because }: Process): Notice {
  return {
    code: 'process-left-out',
    text: `${name} is not set up, because nothing shows which of these it works with: ${needs.join(', ')}. It would be: ${argv.join(' ')}`,
    because,
    fix: 'Name its address in a file such as .env.example, or in a compose file, and run the command again.',
  }
}
