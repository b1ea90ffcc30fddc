import { nodeReleases } from '../../catalogue/releases.ts'
import type { NodeApp } from '../../model/app.ts'
import type { Choices } from '../../model/options.ts'
import type { Command, CopyStep, ImagePlan, ImageRef, RunStep, Stage, Step } from '../../model/plan.ts'
import { foldersStage, foldersSteps, mounts } from '../folders.ts'
import {
  alpineCompilers,
  aptInstall,
  baseOf,
  compilers,
  debian,
  distutils,
  healthCheck,
  ociLabels,
  processHealth,
  withoutSetuid,
} from '../image.ts'
import { nodeDevelopment } from './development.ts'
import { installerOf } from './installer.ts'

const folder = '/app'
// What it writes to a volume can be changed under the user id of the next start, whatever that is.
const sharedFiles = '--import=data:text/javascript,process.umask(0)'
// Release 18 has no --env-file.
const importing = {
  before: "--import=data:text/javascript,import{readFileSync}from'node:fs';const[,n,v]=readFileSync('",
  after: "','utf8').match(/(\\w+)=(.*)/);process.env[n]=v",
}

/** Installs, builds and starts a Node.js app: dependencies and build in stages of their own, only their results in the last. */
export function planNode(app: NodeApp, choices: Choices): ImagePlan {
  const release = choices.release.value
  const flavour = baseOf(choices, ['distroless', 'slim', 'alpine'], '')
  const alpine = flavour === 'alpine'
  const builder: ImageRef = { repository: 'node', tag: alpine ? `${release}-alpine` : `${release}-${debian.suite}-slim` }
  const distroless = nodeReleases.releases.some((r) => r.release === release && r.distroless === true)
  const bare: ImageRef = {
    repository: `gcr.io/distroless/${distroless ? `nodejs${release}` : 'cc'}-debian${debian.release}`,
    tag: 'nonroot',
  }
  const base = flavour === 'distroless' ? bare : builder
  const node = flavour === 'distroless' ? '/nodejs/bin/node' : '/usr/local/bin/node'
  const brought = flavour === 'distroless' && !distroless
  const stages: Stage[] = []
  const add = (name: string, description: string, steps: readonly Step[]): number =>
    stages.push({ name, description, base: builder, steps })
  if (brought) add('node', 'Brings the node program: this release has no distroless image of its own', [])
  if (installs(app)) add('dependencies', 'Installs what the program needs at run time', install(app, !app.runsDevelopment, alpine, release))
  if (app.build.commands.length > 0) add('build', 'Builds the program', [...install(app, false, alpine, release), ...build(app)])
  if (app.writable.some((w) => w.keep || w.link !== undefined)) stages.push(foldersStage(app.writable, builder))
  const program: readonly Step[] = brought
    ? [{ do: 'copy', from: 'node', paths: ['/usr/local/bin/node'], to: '/nodejs/bin/', rule: 'read-only-application' }]
    : []
  const steps = [...(flavour === 'distroless' ? [] : [bared]), ...runtime(app, choices, program)]
  stages.push({ name: 'runtime', description: 'Runs the program and holds nothing else', base, steps })
  const started = [node, ...(app.writable.some((w) => w.keep) ? [sharedFiles] : [])]
  return {
    name: choices.name.value,
    dockerfile: 'Dockerfile',
    stages,
    labels: ociLabels(choices, base),
    user: choices.user.value,
    port: choices.port.value,
    writable: mounts(app.writable),
    stopSignal: 'SIGTERM',
    health: healthCheck([node, '-e', probe(choices)], 15),
    entrypoint: [...started, ...app.flags],
    command: [choices.start.value, ...app.args],
    loader: { flag: release === '18' ? importing : { before: '--env-file=', after: '' } },
    development: nodeDevelopment(app, choices, started, probe(choices), builder),
    processes: app.processes.map(({ name, kind, argv, environment, polls }) => ({
      name,
      kind,
      argv: [...started, ...argv.slice(1)],
      environment,
      health: processHealth([node, '-e', polls ? waking : running], polls ? 'works' : 'runs'),
    })),
  }
}

// The official images bring package managers, which nothing needs at run time.
const bared: Step = withoutSetuid({
  argv: [
    ...['rm', '-rf', '/usr/local/lib/node_modules', '/usr/local/include/node', '/usr/local/bin/npm', '/usr/local/bin/npx'],
    ...['/usr/local/bin/corepack', '/usr/local/bin/yarn', '/usr/local/bin/yarnpkg'],
  ],
})

function installs(app: NodeApp): boolean {
  return app.dependencies.production || (app.runsDevelopment && app.dependencies.development)
}

function install(app: NodeApp, production: boolean, alpine: boolean, release: string): readonly Step[] {
  const scripted = app.scripted.filter((p) => !production || !p.dev)
  // Its tools are dependencies of development as a rule: they are taken away again.
  const prunes = production && app.setup.length > 0
  const manifests = ['package.json', ...(app.lockfile === undefined ? [] : [app.lockfile]), ...app.manifests]
  const installer = installerOf(app, release)
  const steps: Step[] = [{ do: 'workdir', path: folder, rule: 'dependencies-first' }]
  if (scripted.some((p) => p.compiles))
    steps.unshift(
      run('compiler-in-build-stage', true, alpine ? alpineCompilers : aptInstall(app.oldGyp ? [...compilers, distutils] : compilers)),
    )
  steps.push(...inFolders(manifests, 'dependencies-first'))
  const commands: Command[] = [...installer.itself, { argv: installer.install(production && !prunes) }]
  // The headers are in the image; without the variable node-gyp would download them.
  if (scripted.length > 0)
    commands.push({ argv: [...installer.rebuild, ...scripted.map((p) => p.name)], env: { npm_config_nodedir: '/usr/local' } })
  const rule = scripted.length > 0 ? 'install-scripts-off' : app.exact ? 'install-from-lockfile' : 'install-unlocked'
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
    steps.push(run('dependencies-first', true, [...app.setup.map((s) => ({ argv: s.argv })), ...prune]))
  }
  return steps
}

function build(app: NodeApp): readonly Step[] {
  const { commands, environment, fetches } = app.build
  const made: readonly Command[] = app.guessed.length === 0 ? [] : [{ argv: ['mkdir', '-p', ...app.guessed] }]
  const env = Object.keys(environment).length > 0 ? { env: environment } : {}
  const paths = app.buildPaths.filter((path) => !app.setup.some((s) => s.reads.includes(path)))
  return [...copies(paths, app, 'source-last'), run('build-offline', fetches, [...commands.map((argv) => ({ argv, ...env })), ...made])]
}

function runtime(app: NodeApp, choices: Choices, program: readonly Step[]): readonly Step[] {
  const port = app.portVariable !== undefined && choices.port.value > 0 ? { [app.portVariable]: String(choices.port.value) } : {}
  const steps: Step[] = [
    { do: 'workdir', path: folder, rule: 'arbitrary-user' },
    { do: 'user', rule: 'arbitrary-user' },
    { do: 'env', values: { ...app.environment, NODE_ENV: 'production', ...port }, rule: 'production-mode' },
    ...program,
  ]
  if (installs(app)) {
    const modules = { paths: [`${folder}/node_modules/`], to: './node_modules/' }
    steps.push({ do: 'copy', from: 'dependencies', ...modules, rule: 'read-only-application' })
  }
  const built = app.build.commands.length > 0
  for (const step of copies([...app.runPaths, ...app.outputs, 'package.json'].sort(), app, 'explicit-copy'))
    steps.push(built ? { ...step, from: 'build', paths: step.paths.map((path) => `${folder}/${path}`) } : step)
  return [...steps, ...foldersSteps(app.writable)]
}

/** Files in one COPY; each folder in one of its own, because COPY takes what is in a folder and not the folder. */
function copies(paths: readonly string[], app: NodeApp, rule: CopyStep['rule']): readonly CopyStep[] {
  const isFolder = (path: string): boolean => app.folders.includes(path) || (app.outputs.includes(path) && !/\.[cm]?js$/.test(path))
  const files = paths.filter((path) => !isFolder(path))
  return [
    ...(files.length > 0 ? [{ do: 'copy', paths: files, to: './', rule } as const] : []),
    ...paths.filter(isFolder).map((path) => ({ do: 'copy', paths: [`${path}/`], to: `./${path}/`, rule }) as const),
  ]
}

/** Files, each into the folder that it has in the repository. */
function inFolders(paths: readonly string[], rule: CopyStep['rule']): readonly CopyStep[] {
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)
  const folders = [...new Set(paths.map(folderOf))]
  return folders.map((to) => ({ do: 'copy', paths: paths.filter((path) => folderOf(path) === to), to: `./${to}`, rule }))
}

function run(rule: RunStep['rule'], network: boolean, commands: RunStep['commands']): RunStep {
  return { do: 'run', commands, network, caches: [], rule }
}

/** A script for `node -e` that fails unless the program under the init process has slept and woken since the last time. */
const waking =
  "const f=require('fs'),r=p=>{try{return f.readFileSync(p,'utf8')}catch{return''}},n=/^voluntary.*$/m.exec(r('/proc/'+(r('/proc/1/task/1/children').split(' ')[0]||1)+'/status'))[0],b=r('/tmp/woken')||n;f.writeFileSync('/tmp/woken',n);process.exit(+(n===b))"
const running = 'process.kill(1,0)'

/** A script for `node -e` that fails unless the default route answers below 500. A worker is alive while its first process is. */
function probe(choices: Choices): string {
  if (choices.port.value === 0) return running
  const options = `{host:'127.0.0.1',port:${choices.port.value},path:${JSON.stringify(choices.health.value)},timeout:2500}`
  return `require('http').get(${options},r=>process.exit(r.statusCode<500?0:1)).on('error',()=>process.exit(1)).on('timeout',()=>process.exit(1))`
}
