import { pinnedTool } from '../../catalogue/django.ts'
import type { PythonApp } from '../../model/app.ts'
import type { Command, CopyStep, RunStep, Step } from '../../model/plan.ts'
import { aptInstall } from '../image.ts'
import { directoryOf } from './files.ts'

/** Where the application lies. */
export const root = '/app'
/** The one environment that is copied on. It holds no package manager. */
export const environment = '/opt/venv'
const python = `${environment}/bin/python`
/** Where package managers lie that bring packages along, apart from all others. */
const tooling = '/opt/tooling'
const uvCache = '/root/.cache/uv'
const exported = '/tmp/requirements.txt'
const builtWith = '/tmp/built-with.txt'

type Tool = Parameters<typeof pinnedTool>[1]

/** What a package manager needs to be there, and to write to that environment with the image's interpreter. */
const managers: Readonly<
  Record<PythonApp['manager'], { readonly tools: readonly Tool[]; readonly values: Readonly<Record<string, string>> }>
> = {
  pip: { tools: [], values: {} },
  uv: {
    tools: ['uv'],
    values: { UV_PROJECT_ENVIRONMENT: environment, UV_PYTHON_DOWNLOADS: 'never', UV_LINK_MODE: 'copy', UV_COMPILE_BYTECODE: '1' },
  },
  poetry: { tools: ['poetry', 'poetry-plugin-export'], values: {} },
  pipenv: { tools: ['pipenv'], values: { VIRTUAL_ENV: environment, PIPENV_VERBOSITY: '-1' } },
}

/** Installs what the project depends on, with compilers where they are needed. */
export function install(app: PythonApp, release: string): readonly Step[] {
  const manifests = copies(app.manifests, 'dependencies-first')
  const add = app.server.add
  const fresh = add.length + app.undeclared.length > 0 ? [] : newEnvironment(app)
  return [
    ...(app.packages.build.length > 0 ? [run('compiler-in-build-stage', aptInstall(app.packages.build))] : []),
    { do: 'workdir', path: root, rule: 'dependencies-first' },
    ...manager(app, release),
    ...(add.length > 0 ? [run('install-server', [...newEnvironment(app), installer(app, add)])] : []),
    ...(app.undeclared.length > 0
      ? [run('install-undeclared', [...(add.length > 0 ? [] : newEnvironment(app)), installer(app, app.undeclared)])]
      : []),
    ...manifests,
    run(
      app.locked ? 'install-pinned' : 'install-unlocked',
      [...fresh, ...withBackends(app.builtWith, dependencies(app))],
      app.manager === 'uv' && app.locked ? [uvCache] : [],
    ),
  ]
}

/** The package manager at an exact version; pip is there. */
function manager(app: PythonApp, release: string): readonly Step[] {
  const { tools, values } = managers[app.manager]
  const rule = 'package-manager-pinned'
  if (tools.length === 0) return []
  const pinned = tools.map((tool) => pinnedTool(release, tool))
  // uv is one program, and makes the environment.
  const commands: readonly Command[] =
    app.manager === 'uv'
      ? [{ argv: ['pip', 'install', '--no-cache-dir', ...pinned] }]
      : [emptyEnvironment(tooling), { argv: ['pip', `--python=${tooling}/bin/python`, 'install', '--no-cache-dir', ...pinned] }]
  return [run(rule, commands), ...(Object.keys(values).length > 0 ? [{ do: 'env', values, rule } as const] : [])]
}

/** An environment without a package manager of its own. */
function newEnvironment(app: PythonApp): readonly Command[] {
  return [app.manager === 'uv' ? { argv: ['uv', 'venv', environment] } : emptyEnvironment(environment)]
}

function emptyEnvironment(path: string): Command {
  return { argv: ['python', '-m', 'venv', '--without-pip', path] }
}

function installer(app: PythonApp, what: readonly string[]): Command {
  const program =
    app.manager === 'uv'
      ? ['uv', 'pip', 'install', '--no-cache-dir', `--python=${python}`]
      : ['pip', `--python=${python}`, 'install', '--no-cache-dir']
  return { argv: [...program, ...what] }
}

/** With what pip builds sources: the first variable is for that up to release 25.2, the second from 25.3 on. */
function withBackends(lines: PythonApp['builtWith'], commands: readonly Command[]): readonly Command[] {
  if (lines === undefined) return commands
  const constraints = { PIP_CONSTRAINT: builtWith, PIP_BUILD_CONSTRAINT: builtWith }
  const told = commands.map((command) =>
    'argv' in command && /pip(?:env)?$/.test(command.argv[0] ?? '') ? { ...command, env: { ...command.env, ...constraints } } : command,
  )
  return [{ write: builtWith, lines }, ...told]
}

function dependencies(app: PythonApp): readonly Command[] {
  switch (app.manager) {
    case 'pip':
      return [installer(app, [...hashes(app), '-r', app.installFrom])]
    case 'uv':
      return [withUv(app)]
    case 'poetry':
      return withPoetry(app)
    case 'pipenv':
      return [withPipenv(app)]
  }
}

function hashes(app: PythonApp): readonly string[] {
  return app.hashed ? ['--require-hashes'] : []
}

function withUv(app: PythonApp): Command {
  const extras = app.extras.map((extra) => `--extra=${extra}`)
  const groups = app.groups.map((group) => `--group=${app.locked ? '' : `${app.installFrom}:`}${group}`)
  if (!app.locked) return installer(app, [...(app.groupsOnly ? [] : ['-r', app.installFrom, ...extras]), ...groups])
  const project = directoryOf(app.installFrom)
  // Keep what the lockfile does not know.
  const keep = app.server.add.length + app.undeclared.length > 0 ? ['--inexact'] : []
  const flags = ['--locked', '--no-dev', '--no-install-project', ...keep, ...extras, ...groups]
  return { argv: ['uv', 'sync', ...(project === '.' ? [] : [`--project=${project}`]), ...flags] }
}

// What the pyproject.toml in the first argument asks for in the groups that follow, as requirements in the last one.
const writeRequirements =
  'import sys; from poetry.core.factory import Factory; package = Factory().create_poetry(sys.argv[1]).package; lines = [d.to_pep_508() for group in sys.argv[2:-1] for d in package.dependency_group(group).dependencies]; open(sys.argv[-1], "w").write("\\n".join(lines))'

// Each requirement carries the project's own demand for Python: pip would leave out all of them on another patch release.
const anyPatch = 's/python_full_version == "([0-9]+[.][0-9]+)[.][0-9]+"/python_version == "\\1"/g'

/** Poetry reads and checks its files and pip installs, because pip alone can be told of another index. */
function withPoetry(app: PythonApp): readonly Command[] {
  const project = directoryOf(app.installFrom)
  if (!app.locked) {
    const argv = [`${tooling}/bin/python`, '-c', writeRequirements, project, 'main', ...app.groups, exported]
    return [{ argv }, installer(app, ['-r', exported])]
  }
  const flags = [
    ...(project === '.' ? [] : [`--project=${project}`]),
    ...(app.hashed ? [] : ['--without-hashes']),
    ...app.groups.map((group) => `--with=${group}`),
    ...app.extras.map((extra) => `--extras=${extra}`),
  ]
  return [
    { argv: [`${tooling}/bin/poetry`, 'export', ...flags, `--output=${exported}`] },
    ...(app.onePatch ? [{ argv: ['sed', '-E', '-i', anyPatch, exported] }] : []),
    // The lockfile names all there is to install.
    installer(app, ['--no-deps', ...hashes(app), '-r', exported]),
  ]
}

/** Pipenv finds the environment by itself. */
function withPipenv(app: PythonApp): Command {
  const project = directoryOf(app.installFrom)
  return {
    argv: [`${tooling}/bin/pipenv`, ...(app.locked ? ['sync'] : ['install', '--skip-lock'])],
    ...(project === '.' ? {} : { env: { PIPENV_PIPFILE: `${project}/Pipfile` } }),
  }
}

/** One COPY for the files of a folder, one for each folder, because COPY takes what is in a folder and not the folder. */
export function copies(paths: readonly string[], rule: CopyStep['rule']): readonly CopyStep[] {
  const files = paths.filter((path) => !path.endsWith('/'))
  const folders = [...new Set(files.map(directoryOf))].sort()
  return [
    ...folders.map(
      (folder): CopyStep => ({
        do: 'copy',
        paths: files.filter((f) => directoryOf(f) === folder),
        to: folder === '.' ? './' : `./${folder}/`,
        rule,
      }),
    ),
    ...paths.filter((path) => path.endsWith('/')).map((path): CopyStep => ({ do: 'copy', paths: [path], to: `./${path}`, rule })),
  ]
}

/** A step with the network. */
export function run(rule: RunStep['rule'], commands: readonly Command[], caches: readonly string[] = []): RunStep {
  return { do: 'run', commands, network: true, caches, rule }
}
