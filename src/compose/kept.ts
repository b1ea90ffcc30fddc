import type { ComposeFile, ComposeService } from '../model/compose.ts'
import type { Chosen } from '../model/options.ts'
import { imageName } from '../model/text.ts'

const name = /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/
const longest = 40
const privileged = 1024

/**
 * What a person's compose files call the app, and where they publish it: of the services that are built, else of those whose published
 * image has the app's name, the one that publishes its port, or the only one. One port alone is kept whatever it is in their container, where a variable
 * may say it. A port that needs a privilege is not kept.
 */
export function keptOf(files: readonly ComposeFile[], port: number | undefined, appName: string | undefined): Chosen {
  const all = files.flatMap(({ services }) => services)
  const built = all.filter(({ dockerfile }) => dockerfile !== undefined)
  const own = built.length > 0 ? built : all.filter(({ image }) => image !== undefined && imageName(image.value) === appName)
  const [only, other] = own
  const app =
    own.find((service) => hostOf(service, port) !== undefined) ?? (other === undefined && only?.command === undefined ? only : undefined)
  if (app === undefined) return {}
  const host = hostOf(app, port) ?? onlyHost(app, port)
  const because = [app.because]
  return {
    ...(name.test(app.name) && app.name.length <= longest ? { service: { value: app.name, from: 'detected', because } } : {}),
    ...(host === undefined || host === port || host < privileged ? {} : { publish: { value: host, from: 'detected', because } }),
  }
}

function hostOf({ ports }: ComposeService, port: number | undefined): number | undefined {
  return ports.find(({ container, host }) => container === port && host !== undefined)?.host
}

// Of Node.js, Python and Java.
const debuggers = new Set([9229, 5678, 5005])

function onlyHost({ ports: [only, other] }: ComposeService, port: number | undefined): number | undefined {
  const serves = port !== undefined && port > 0 && other === undefined && only !== undefined && !debuggers.has(only.container)
  return serves ? only.host : undefined
}
