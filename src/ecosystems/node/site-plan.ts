import { siteServer } from '../../catalogue/site-server.ts'
import type { NodeApp } from '../../model/app.ts'
import type { Site } from '../../model/assets.ts'
import type { Choices } from '../../model/options.ts'
import type { ImagePlan, ImageRef, Step } from '../../model/plan.ts'
import { baseOf, debian, healthCheck, ociLabels, withoutSetuid } from '../image.ts'
import { settingsFile, siteRoot, siteSettings } from './site-settings.ts'
import { build, install } from './steps.ts'

const folder = '/app'

/** The site that is served: with the option `start` a person names another folder, or a file that node starts all the same. */
export function servedSite({ site }: NodeApp, { start }: Choices): Site | undefined {
  return site === undefined || /\.[cm]?[jt]sx?$|^node_modules\//.test(start.value) ? undefined : { ...site, folder: start.value }
}

/** Installs and builds in one stage; the last one holds what was made, and a server of files. */
export function planSite(app: NodeApp, site: Site, choices: Choices): ImagePlan {
  baseOf(choices, ['slim'], 'a site is served by nginx, whose image stands on Debian')
  const release = choices.release.value
  const builder: ImageRef = { repository: 'node', tag: `${release}-${debian.suite}-slim` }
  const port = choices.port.value
  const making = [...install(app, false, false, release, folder), ...build(app)]
  return {
    name: choices.name.value,
    dockerfile: 'Dockerfile',
    stages: [
      { name: 'build', description: 'Makes the files for browsers', base: builder, steps: making },
      { name: 'runtime', description: 'Serves them and holds nothing else', base: siteServer, steps: serving(site, port) },
    ],
    labels: ociLabels(choices, siteServer),
    user: choices.user.value,
    port,
    // It lets answers that are under way end.
    stopSignal: 'SIGQUIT',
    health: { ...healthCheck(probe(port, choices.health.value), 5), tells: 'page' },
    entrypoint: ['/usr/sbin/nginx', '-e', 'stderr', '-c', settingsFile],
    command: [],
    loader: { program: [] },
    development: { mounts: [], rebuilds: sources(app), environment: {} },
    processes: [],
  }
}

function serving(site: Site, port: number): readonly Step[] {
  // The base image gives its own user, and any of group 0, what nginx reads.
  const owned = [{ argv: ['chown', '-R', '0:0', '/etc/nginx'] }, { argv: ['chmod', '-R', 'go-w', '/etc/nginx'] }]
  return [
    { do: 'user', root: true, rule: 'no-setuid' },
    withoutSetuid(...owned),
    { do: 'workdir', path: siteRoot, rule: 'site-settings' },
    { do: 'run', commands: [{ write: settingsFile, lines: siteSettings(site, port) }], network: false, caches: [], rule: 'site-settings' },
    { do: 'user', rule: 'arbitrary-user' },
    { do: 'copy', from: 'build', paths: [`${folder}/${site.folder}/`], to: `${siteRoot}${site.base?.path ?? '/'}`, rule: 'site-files' },
  ]
}

function probe(port: number, path: string): readonly string[] {
  return ['/usr/bin/curl', '-fsS', '-o', '/dev/null', '--max-time', '2', `http://127.0.0.1:${port}${path}`]
}

/** What only a new image takes in: all that its build reads. */
function sources({ lockfile, manifests, buildPaths, folders }: NodeApp): readonly string[] {
  const read = buildPaths.map((path) => (folders.includes(path) ? `${path}/` : path))
  return ['package.json', ...(lockfile === undefined ? [] : [lockfile]), ...manifests, ...read]
}
