import type { NodePackage } from '../../model/node-package.ts'
import type { Command, CopyStep, RunStep, Step } from '../../model/plan.ts'
import { alpineCompilers, aptInstall, compilers, oldPython } from '../image.ts'
import { installerOf } from './installer.ts'

/** Installs what a package asks for, in the folder where its image builds it; `production` leaves out what only development needs. */
export function install(app: NodePackage, production: boolean, alpine: boolean, release: string, folder: string): readonly Step[] {
  const scripted = app.scripted.filter((p) => !production || !p.dev)
  // Its tools are dependencies of development as a rule: they are taken away again.
  const prunes = production && app.setup.length > 0
  const manifests = ['package.json', ...(app.lockfile === undefined ? [] : [app.lockfile]), ...app.manifests]
  const installer = installerOf(app, release)
  const steps: Step[] = [{ do: 'workdir', path: folder, rule: 'dependencies-first' }]
  const rule = scripted.length > 0 ? 'install-scripts-off' : app.exact ? 'install-from-lockfile' : 'install-unlocked'
  if (installer.settings !== undefined) steps.unshift({ do: 'env', values: installer.settings, rule })
  if (scripted.some((p) => p.compiles))
    steps.unshift(
      run('compiler-in-build-stage', true, alpine ? alpineCompilers : aptInstall(app.oldGyp ? [...compilers, ...oldPython] : compilers)),
    )
  steps.push(...inFolders(manifests, 'dependencies-first'))
  const commands: Command[] = [...installer.itself, ...installer.install(production && !prunes)]
  // The headers are in the image; without the variable node-gyp would download them.
  if (scripted.length > 0)
    commands.push({ argv: [...installer.rebuild, ...scripted.map((p) => p.name)], env: { npm_config_nodedir: '/usr/local' } })
  steps.push({ ...run(rule, true, commands), caches: installer.caches })
  if (app.setup.length > 0) {
    const prune: readonly Command[] = prunes ? [installer.prune] : []
    steps.push(
      ...copies(
        app.setup.flatMap((s) => s.reads),
        app,
        'dependencies-first',
      ),
    )
    steps.push(run('dependencies-first', true, [...app.setup.map(({ argv, env }) => ({ argv, ...(env && { env }) })), ...prune]))
  }
  return steps
}

/** Brings the sources and runs what builds them; of these `members` of a workspace the installed packages are left behind. */
export function build(app: NodePackage, members: readonly string[] = []): readonly Step[] {
  const { commands, environment, fetches } = app.build
  const made: readonly Command[] = app.guessed.length === 0 ? [] : [{ argv: ['mkdir', '-p', ...app.guessed] }]
  const spent: readonly Command[] =
    members.length === 0 ? [] : [{ argv: ['rm', '-rf', ...members.map((member) => `${member}/node_modules`)] }]
  const env = Object.keys(environment).length > 0 ? { env: environment } : {}
  const paths = app.buildPaths.filter((path) => !app.setup.some((s) => s.reads.includes(path)))
  return [
    ...copies(paths, app, 'source-last'),
    run('build-offline', fetches, [...commands.map((argv) => ({ argv, ...env })), ...made, ...spent]),
  ]
}

/**
 * Files of one folder in one COPY; each folder in one of its own, because COPY takes what is in a folder and not the folder. They come below
 * `at`, into the folder that they have in the repository.
 */
export function copies(paths: readonly string[], app: NodePackage, rule: CopyStep['rule'], at = '.'): readonly CopyStep[] {
  const isFolder = (path: string): boolean => app.folders.includes(path) || (app.outputs.includes(path) && !/\.[cm]?js$/.test(path))
  return [
    ...inFolders(
      paths.filter((path) => !isFolder(path)),
      rule,
      at,
    ),
    ...paths.filter(isFolder).map((path) => ({ do: 'copy', paths: [`${path}/`], to: `${at}/${path}/`, rule }) as const),
  ]
}

/** Files, each into the folder that it has in the repository. */
function inFolders(paths: readonly string[], rule: CopyStep['rule'], at = '.'): readonly CopyStep[] {
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)
  const folders = [...new Set(paths.map(folderOf))]
  return folders.map((to) => ({ do: 'copy', paths: paths.filter((path) => folderOf(path) === to), to: `${at}/${to}`, rule }))
}

function run(rule: RunStep['rule'], network: boolean, commands: RunStep['commands']): RunStep {
  return { do: 'run', commands, network, caches: [], rule }
}
