import type { NodeApp } from '../../model/app.ts'
import type { Choices } from '../../model/options.ts'
import type { Development, ImageRef } from '../../model/plan.ts'
import { mountable } from '../folders.ts'
import { fromFolder } from './workspace-app.ts'

const debuggerPort = 9229
// Watching for changes, and open to a debugger of this machine: the port is published to it alone.
const opened = ['--watch', `--inspect=0.0.0.0:${debuggerPort}`]

/** The program in the official image, which the stage that builds stands on. */
const toolsNode = '/usr/local/bin/node'

/**
 * How it runs while it is written. Sources that run as they are stand in the image's place, and node watches them. Of a program that is
 * built, the stage that builds it runs the sources when a script of the project does; else each change builds a new image.
 */
export function nodeDevelopment(app: NodeApp, choices: Choices, started: readonly string[], probe: string, builder: ImageRef): Development {
  const manifests = ['package.json', ...(app.lockfile === undefined ? [] : [app.lockfile]), ...app.manifests]
  const start = choices.start.value
  if (app.build.commands.length === 0) {
    const { mounts, rest } = mountable(entries(app, app.runPaths), app.writable)
    const watched = app.runPaths.some((path) => `${start}/`.startsWith(`${path}/`))
    const argv = [...started, ...opened, ...app.flags, fromFolder(app.folder, start), ...app.args]
    return {
      mounts,
      rebuilds: [...manifests, ...rest],
      environment: {},
      ...(watched ? { argv, watching: ['--watch'], debugger: debuggerPort } : {}),
    }
  }
  const { fromSource, build, writable, processes } = app
  // Its stage has no folders to write to, and its image none of the names that the others run it by.
  const simple = writable.length === 0 && processes.length === 0 && choices.image === undefined && builder.repository === 'node'
  // From release 22 on node takes types away by itself.
  const runs =
    fromSource !== undefined && (!/\.[cm]?ts$/.test(fromSource.file) || fromSource.flags.length > 0 || Number(choices.release.value) >= 22)
  if (!runs || !simple) return { mounts: [], rebuilds: [...manifests, ...entries(app, app.buildPaths)], environment: {} }
  const sources = app.buildPaths.filter((path) => !manifests.includes(path))
  const port = app.portVariable !== undefined && choices.port.value > 0 ? { [app.portVariable]: String(choices.port.value) } : {}
  return {
    stage: 'build',
    mounts: mountable(entries(app, sources), writable).mounts,
    rebuilds: manifests,
    environment: { ...app.environment, ...fromSource.environment, ...build.environment, NODE_ENV: 'development', ...port },
    argv: [toolsNode, ...opened, ...fromSource.flags, fromSource.file, ...fromSource.args],
    debugger: debuggerPort,
    health: [toolsNode, '-e', probe],
  }
}

function entries({ folders }: NodeApp, paths: readonly string[]): readonly string[] {
  return paths.map((path) => (folders.includes(path) ? `${path}/` : path))
}
