import type { PythonApp } from '../../model/app.ts'
import type { Choices } from '../../model/options.ts'
import type { Command, CopyStep, Development, ImagePlan, ImageRef, RunStep, Step } from '../../model/plan.ts'
import { atLeast } from '../../model/text.ts'
import { foldersStage, foldersSteps, mountable, mounts } from '../folders.ts'
import { aptInstall, baseOf, debian, healthCheck, ociLabels, processHealth, toolsFor, withoutSetuid } from '../image.ts'
import { copies, environment, install, root, run } from './installing.ts'
import { serverOn } from './servers.ts'

const python = `${environment}/bin/python`

/** Installs, compiles and collects in one stage; the last one gets the results and no compiler. */
export function planPython(found: PythonApp, choices: Choices): ImagePlan {
  const app = { ...found, server: serverOn(choices.release.value, found.server), packages: withPrograms(found, choices) }
  const flavour = baseOf(choices, needsDebian(app) ? ['slim'] : ['slim', 'alpine'], reason(app))
  const base: ImageRef = {
    repository: 'python',
    tag: `${choices.release.value}-${flavour === 'alpine' ? 'alpine' : `slim-${debian.suite}`}`,
  }
  return {
    name: choices.name.value,
    dockerfile: 'Dockerfile',
    stages: [
      {
        name: 'build',
        description: 'Installs the dependencies and prepares the application',
        base,
        steps: [...install(app, choices.release.value), ...prepare(app)],
      },
      ...(app.writable.some((w) => w.keep) ? [foldersStage(app.writable, base)] : []),
      { name: 'runtime', description: 'Runs the application', base, steps: [...runtime(app), ...foldersSteps(app.writable)] },
    ],
    labels: ociLabels(choices, base),
    user: choices.user.value,
    port: choices.port.value,
    writable: mounts(app.writable),
    ...(app.migrates && !app.processes.some(({ kind }) => kind === 'once')
      ? { migration: ['python', 'manage.py', 'migrate', '--noinput'] }
      : {}),
    stopSignal: 'SIGTERM',
    health: healthCheck([python, '-I', '-c', probe, String(choices.port.value), choices.health.value], 20),
    entrypoint: [`${environment}/bin/${app.server.name}`],
    command: [...serve[app.server.name](choices.port.value), ...shared(app), ...app.server.arguments, choices.start.value],
    loader: { program: [python, '-I', '-c', loader] },
    development: development(app, choices.port.value),
    processes: app.processes.map(({ name, kind, argv, environment: values, polls }) => ({
      name,
      kind,
      argv: forked(argv, choices.release.value),
      environment: values,
      health: processHealth([python, '-I', '-c', polls ? waking : running], polls ? 'works' : 'runs'),
    })),
  }
}

const forking =
  "import multiprocessing, runpy, sys; multiprocessing.set_start_method('fork'); sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"

/** Processes of Django Q share what they have loaded, as before Python 3.14: each would load it anew, and four of them need more than 512 MiB. */
function forked(argv: readonly string[], release: string): readonly string[] {
  const isCluster = argv.slice(0, 3).join(' ') === 'python manage.py qcluster'
  return isCluster && atLeast(release, '3.14') ? ['python', '-c', forking, ...argv.slice(1)] : argv
}

/** The Debian packages of its own packages, with the programs that it calls. */
function withPrograms(app: PythonApp, choices: Choices): PythonApp['packages'] {
  const { build, run: there } = app.packages
  const added = toolsFor(app, choices).filter(({ name }) => !there.some((pinned) => pinned.startsWith(`${name}=`)))
  return { build, run: [...there, ...added.map(({ pinned }) => pinned)] }
}

function needsDebian({ packages }: PythonApp): boolean {
  return packages.build.length + packages.run.length > 0
}

function reason(app: PythonApp): string {
  return needsDebian(app)
    ? `it needs the Debian packages ${[...app.packages.build, ...app.packages.run].join(' ')}`
    : 'Python has no such image'
}

// Never fails: a template with a .py name need not be Python. The source's own time stamps do not matter, it cannot change any more.
const compileSource = `from compileall import compile_dir; from py_compile import PycInvalidationMode as mode; compile_dir("${root}", quiet=2, invalidation_mode=mode.UNCHECKED_HASH)`

function prepare(app: PythonApp): readonly Step[] {
  const steps: Step[] = [...copies(app.runPaths, 'source-last'), offline('bytecode-at-build', { argv: ['python', '-c', compileSource] })]
  if (!app.collectStatic) return steps
  if (app.folder !== '.') steps.push({ do: 'workdir', path: home(app), rule: 'static-files' })
  return [
    ...steps,
    { do: 'env', values: settingsOf(app), rule: 'static-files' },
    offline('static-files', ...amongFolders(app, [...(app.makesStatic ?? []).map((name) => [name]), ['collectstatic', '--noinput']])),
  ]
}

/** Some programs open their database or their log as soon as they are imported: the folder is there for that, and no file of it stays in the image. Folders without files to collect are there too. */
function amongFolders(app: PythonApp, commands: readonly (readonly string[])[]): readonly Command[] {
  const absent = app.writable.filter((w) => w.keep && !w.held && w.link === undefined)
  const opened = absent.filter((w) => w.log !== undefined || (app.migrates && w.path.startsWith(`${root}/`))).map((w) => w.path)
  const folders = [...new Set(opened)].sort()
  const made = [...new Set([...folders, ...app.staticFolders])].sort()
  return [
    ...(made.length === 0 ? [] : [{ argv: ['mkdir', '-p', ...made] }]),
    ...commands.map((words) => ({ argv: [python, 'manage.py', ...words], env: app.throwaway })),
    ...(folders.length === 0 ? [] : [{ argv: ['find', ...folders, '-maxdepth', '1', '-type', 'f', '-delete'] }]),
  ]
}

/** Which settings there are, and where they are imported from. */
function settingsOf({ modules, settings }: PythonApp): Readonly<Record<string, string>> {
  return { ...(modules === undefined ? {} : { PYTHONPATH: `${root}/${modules}` }), DJANGO_SETTINGS_MODULE: settings }
}

function runtime(app: PythonApp): readonly Step[] {
  const values = {
    PATH: `${environment}/bin:/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin`,
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    HOME: '/tmp',
    ...settingsOf(app),
  }
  const outside = app.collectStatic && app.staticRoot !== undefined ? [app.staticRoot] : []
  return [
    ...(app.packages.run.length > 0 ? [run('runtime-libraries', aptInstall(app.packages.run))] : []),
    { do: 'env', values, rule: 'production-mode' },
    withoutSetuid(),
    { do: 'workdir', path: home(app), rule: 'arbitrary-user' },
    { do: 'user', rule: 'arbitrary-user' },
    ...[environment, root, ...outside].map(
      (path): CopyStep => ({ do: 'copy', from: 'build', paths: [`${path}/`], to: `${path}/`, rule: 'read-only-application' }),
    ),
  ]
}

/** Arguments of a server that answers on a port: two workers fit the default memory limit, and nothing is written to the read-only file system. */
const serve: Readonly<Record<PythonApp['server']['name'], (port: number) => readonly string[]>> = {
  // Two words each: one checker takes --access-logfile=- for a secret.
  gunicorn: (port) => ['--bind', `0.0.0.0:${port}`, '--workers', '2', '--worker-tmp-dir', '/dev/shm', '--access-logfile', '-'],
  uvicorn: (port) => ['--host', '0.0.0.0', '--port', `${port}`, '--workers', '2'],
  daphne: (port) => ['--bind', '0.0.0.0', '--port', `${port}`],
}

const debuggerPort = 5678

/** Django's own server, which takes in changes of the sources that stand in the image's place. */
function development(app: PythonApp, port: number): Development {
  const { mounts, rest } = mountable(app.runPaths, app.writable)
  const opened = app.debugpy ? ['-m', 'debugpy', '--listen', `0.0.0.0:${debuggerPort}`] : []
  return {
    mounts,
    rebuilds: [...app.manifests, ...rest],
    argv: [python, ...opened, 'manage.py', 'runserver', `0.0.0.0:${port}`],
    // What was compiled for the image is never compared with the sources.
    environment: { PYTHONPYCACHEPREFIX: '/tmp/compiled' },
    ...(app.debugpy ? { debugger: debuggerPort } : {}),
  }
}

// What is written to a volume can be changed under the user id of the next start, whatever that is.
function shared(app: PythonApp): readonly string[] {
  return app.server.name === 'gunicorn' && app.writable.some((w) => w.keep) ? ['--umask', '0'] : []
}

/** A script for `python -c` that fails unless the route answers below 500; it follows no redirect. */
const probe =
  "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=2.5); c.request('GET', sys.argv[2]); sys.exit(c.getresponse().status >= 500)"

/** Scripts for `python -c` that fail unless the program under the init process has slept and woken since the last time, or is there at all. */
const waking =
  "import sys; from pathlib import Path as P; pid = (P('/proc/1/task/1/children').read_text().split() or ['1'])[0]; now = [n for n in P('/proc', pid, 'status').read_text().splitlines() if n.startswith('voluntary')][0]; seen = P('/tmp/woken'); before = seen.read_text() if seen.exists() else now; seen.write_text(now); sys.exit(now == before)"
const running = 'import os; os.kill(1, 0)'

/** A script for `python -c` that reads lines `NAME=value` from files into the environment and becomes the command behind `--`. */
const loader = `import os, sys; i = sys.argv.index('--'); lines = [open(f).read().strip().split('=', 1) for f in sys.argv[1:i]]; os.environ.update((n, v.strip('"\\'')) for n, v in lines); os.execvp(sys.argv[i + 1], sys.argv[i + 1:])`

function home(app: PythonApp): string {
  return app.folder === '.' ? root : `${root}/${app.folder}`
}

function offline(rule: RunStep['rule'], ...commands: readonly Command[]): RunStep {
  return { do: 'run', commands, network: false, caches: [], rule }
}
