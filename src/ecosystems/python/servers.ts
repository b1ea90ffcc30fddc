import { olderPythonTools, pythonTools } from '../../catalogue/django.ts'
import type { Candidate, Notice, PythonServer } from '../../model/app.ts'
import type { DjangoProject } from './django.ts'
import type { Install } from './installed.ts'
import type { Package } from './packages.ts'
import { allowsLine, compare, numbers } from './versions.ts'

/** What is started, and by which server. */
export interface Serving {
  readonly start: Candidate | undefined
  readonly server: PythonServer
  readonly notices: readonly Notice[]
}

/** What has to be installed when a server is not declared. Websockets are why projects choose ASGI, and uvicorn needs a library for them. */
const toAdd = {
  gunicorn: [`gunicorn==${pythonTools.gunicorn}`],
  uvicorn: [`uvicorn==${pythonTools.uvicorn}`, `websockets==${pythonTools.websockets}`],
  daphne: [],
} as const

// The release of gunicorn that opens a control socket beside the application, and lines of later ones.
const controlSocketSince = '25.1'
const noControlSocket = '--no-control-socket'
const controlSocketLines: readonly string[] = ['25.1', '25.2', '25.3', '26.0', '26.1', '26.2', '27.0']

const asgiWorkers = /^worker_class[ \t]*=[ \t]*["'](?:[\w.]*[uU]vicorn|asgi["'])/m

/** Chooses between WSGI and ASGI and names the server: what the project declares goes first. The notice tells what is installed on the `release`
 * that was detected. `workers` is the text of gunicorn's own settings, which may choose a worker that takes ASGI alone. What
 * loading makes up all workers share where it is loaded before them (`preloads`). */
export function findServing(
  project: Pick<DjangoProject, 'wsgi' | 'asgi'>,
  install: Pick<Install, 'declared' | 'packages'>,
  release = '',
  workers = '',
  preloads = false,
): Serving {
  const declares = (name: string): boolean => install.declared.has(name)
  const wantsAsgi = declares('uvicorn') || declares('daphne') || declares('channels')
  const async = project.asgi !== undefined && (project.wsgi === undefined || (wantsAsgi && !declares('gunicorn')))
  const name = async ? (declares('daphne') && !declares('uvicorn') ? 'daphne' : 'uvicorn') : 'gunicorn'
  const start = async || (name === 'gunicorn' && asgiWorkers.test(workers)) ? (project.asgi ?? project.wsgi) : project.wsgi
  const add = declares(name) ? [] : toAdd[name]
  const item = install.packages.find((p) => p.name === name)
  const silent = name === 'gunicorn' && (add.length > 0 || knowsControlSocket(item))
  const server: PythonServer = {
    name,
    add,
    arguments: [...(silent ? [noControlSocket] : []), ...(preloads && name === 'gunicorn' ? ['--preload'] : [])],
  }
  return { start, server, notices: add.length === 0 ? [] : [added(name, serverOn(release, server).add, start)] }
}

/** A server as it is installed and started on a release of Python. */
export function serverOn(release: string, server: PythonServer): PythonServer {
  const add = server.add.map((text) => runningOn(release, text))
  const isOlder = add.includes(`gunicorn==${olderPythonTools[release]?.['gunicorn']}`)
  return { ...server, add, arguments: server.arguments.filter((argument) => !isOlder || argument !== noControlSocket) }
}

function runningOn(release: string, text: string): string {
  const [name = ''] = text.split('==')
  const older = olderPythonTools[release]?.[name]
  return older === undefined ? text : `${name}==${older}`
}

function knowsControlSocket(item: Package | undefined): boolean {
  if (item?.version !== undefined) return compare(numbers(item.version), numbers(controlSocketSince)) >= 0
  // Without an exact version the newest that is allowed gets installed.
  return item?.clauses !== undefined && controlSocketLines.some((line) => allowsLine(item.clauses ?? [], line, 'any'))
}

function added(name: string, add: readonly string[], start: Candidate | undefined): Notice {
  return {
    code: 'server-added',
    text: `The project declares no production server; the image installs ${add.join(' and ')}.`,
    because: start?.because ?? [],
    fix: `Add ${name} to the dependencies to choose its version yourself.`,
  }
}
