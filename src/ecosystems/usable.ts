import type { App, Notice } from '../model/app.ts'
import type { Process } from '../model/service.ts'

/** The app with those of its further programs that find what they need, and a notice for those that do not. */
export function withUsable<A extends App>(app: A): A {
  const kinds = new Set(app.services.map((need) => need.kind))
  const finds = ({ needs }: Process): boolean => needs.length === 0 || needs.some((kind) => kinds.has(kind))
  const missing = app.processes.filter((process) => !finds(process) && isTold(process))
  const processes = app.processes.filter(finds)
  return { ...app, processes, notices: [...app.notices, ...missing.map(leftOut)] }
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
