import { nodeReleases } from '../../catalogue/releases.ts'
import type { NodeApp } from '../../model/app.ts'
import type { Choices } from '../../model/options.ts'
import type { ImagePlan, ImageRef, Stage, Step } from '../../model/plan.ts'
import { foldersStage, foldersSteps, mounts } from '../folders.ts'
import { baseOf, debian, healthCheck, ociLabels, processHealth, toolsFor, toolsStep, withoutSetuid } from '../image.ts'
import { topOf } from '../search.ts'
import { beforehand, madeFolder, requires } from './beforehand.ts'
import { nodeDevelopment } from './development.ts'
import { planSite, servedSite } from './site-plan.ts'
import { build, copies, install } from './steps.ts'
import { fromFolder } from './workspace-app.ts'

const folder = '/app'
// Release 18 has no --env-file.
const importing = {
  before: "--import=data:text/javascript,import{readFileSync}from'node:fs';const[,n,v]=readFileSync('",
  after: "','utf8').match(/(\\w+)=(.*)/);process.env[n]=v",
}

/** Installs, builds and starts a Node.js app: dependencies and build in stages of their own, only their results in the last. */
export function planNode(app: NodeApp, choices: Choices): ImagePlan {
  const site = servedSite(app, choices)
  if (site !== undefined) return planSite(app, site, choices)
  const release = choices.release.value
  const tools = toolsFor(app, choices)
  const flavour = baseOf(choices, tools.length > 0 ? ['slim'] : ['distroless', 'slim', 'alpine'], '')
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
  if (installs(app))
    add('dependencies', 'Installs what the program needs at run time', install(app, !app.runsDevelopment, alpine, release, folder))
  if (app.build.commands.length > 0)
    add('build', 'Builds the program', [...install(app, false, alpine, release, folder), ...build(app, app.members)])
  if (app.writable.some((w) => w.keep || w.link !== undefined)) stages.push(foldersStage(app.writable, builder))
  const program: readonly Step[] = brought
    ? [{ do: 'copy', from: 'node', paths: ['/usr/local/bin/node'], to: '/nodejs/bin/', rule: 'read-only-application' }]
    : []
  const steps = [...toolsStep(tools), ...(flavour === 'distroless' ? [] : [bared]), ...runtime(app, choices, program)]
  stages.push({ name: 'runtime', description: 'Runs the program and holds nothing else', base, steps })
  const keeps = app.writable.some((w) => w.keep)
  const local = app.local === true && choices.port.value > 0 ? choices.port.value : undefined
  const fresh = remade(app).map((path) => path.slice(path.lastIndexOf('/') + 1))
  const serving = [node, ...beforehand({ shared: keeps, local, fresh, file: app.wantsFile }, app.flags)]
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
    entrypoint: [...serving, ...app.flags],
    command: [fromFolder(app.folder, choices.start.value), ...app.args],
    loader: { flag: release === '18' ? importing : { before: '--env-file=', after: '' } },
    // Node watches no program that a text starts.
    development: nodeDevelopment(app, choices, requires(app.flags) ? [node] : serving, probe(choices), builder),
    processes: app.processes.map(({ name, kind, argv, environment, polls }) => ({
      name,
      kind,
      argv: [node, ...beforehand({ shared: keeps, local: undefined, file: app.wantsFile }, argv), ...argv.slice(1)],
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

function runtime(app: NodeApp, choices: Choices, program: readonly Step[]): readonly Step[] {
  const port = app.portVariable !== undefined && choices.port.value > 0 ? { [app.portVariable]: String(choices.port.value) } : {}
  // A package of a workspace runs in its own folder, and finds what is installed for all above it.
  const [home, at] = app.folder === undefined ? [folder, '.'] : [`${folder}/${app.folder}`, folder]
  const steps: Step[] = [
    { do: 'workdir', path: home, rule: 'arbitrary-user' },
    { do: 'user', rule: 'arbitrary-user' },
    { do: 'env', values: { ...app.environment, NODE_ENV: 'production', ...port }, rule: 'production-mode' },
    ...program,
  ]
  if (installs(app)) {
    const modules = { paths: [`${folder}/node_modules/`], to: `${at}/node_modules/` }
    steps.push({ do: 'copy', from: 'dependencies', ...modules, rule: 'read-only-application' })
  }
  // Packages of a workspace have node_modules of their own for what clashes with another's.
  const needed = [...app.runPaths, ...app.outputs]
  const apart = app.folder === undefined ? [...new Set(app.members.map(topOf))].filter((name) => needed.includes(name)) : app.members
  for (const name of apart)
    if (installs(app))
      steps.push({
        do: 'copy',
        from: 'dependencies',
        paths: [`${folder}/${name}/`],
        to: placeOf(app, at, name),
        rule: 'read-only-application',
      })
  const built = app.build.commands.length > 0
  const read = app.runPaths.filter((path) => !(app.assets?.apart === true && path === app.assets.folder))
  const manifest = app.folder === undefined ? 'package.json' : `${app.folder}/package.json`
  for (const step of copies([...read, ...app.outputs, manifest].sort(), app, 'explicit-copy', at))
    steps.push(built ? { ...step, from: 'build', paths: step.paths.map((path) => `${folder}/${path}`) } : step)
  const paths = remade(app)
  if (paths.length > 0) steps.push({ do: 'copy', from: 'build', paths, to: `${madeFolder}/`, rule: 'writable-folders' })
  return [...steps, ...foldersSteps(app.writable)]
}

/** Files of the build that the program changes. */
function remade({ writable }: NodeApp): readonly string[] {
  return writable.flatMap(({ link, rewritten }) => (link !== undefined && rewritten === 'built' ? [link] : []))
}

/** KICS takes copies in a row for one that was torn apart where their places are written alike elsewhere too. */
function placeOf(app: NodeApp, at: string, name: string): string {
  return app.folder === undefined ? `${at}/${name}/` : `${at}/${name}`
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
