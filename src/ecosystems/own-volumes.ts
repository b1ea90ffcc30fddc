import type { Writable } from '../model/app.ts'
import type { Evidence } from '../model/evidence.ts'
import type { Tree } from '../model/tree.ts'
import { below, ownFile, ownStages, placeIn } from './own-dockerfile.ts'

// Of the system, of package managers, gone with the container anyway, or made anew by each build.
const notKept =
  /^(?:bin|boot|dev|etc|lib\d*|opt|proc|root|run|sbin|sys|tmp|usr|var)$|^(?:bin|dev|etc|lib\d*|proc|root|run|sbin|sys|tmp|usr\/(?!src\/)|var\/(?:cache|log|run|tmp))\/|(?:^|\/)(?:node_modules|\.venv|venv|\.next|\.cache|\.npm|__pycache__)(?:\/|$)|(?:^|\/)(?:static\w*|assets|build|dist|public)$|\$|\.\w{1,5}$/

/** A folder that is kept: in the person's own image, and in ours. */
interface Volume {
  readonly place: string
  readonly path: string
  readonly because: Evidence
}

/** Folders that the last stage of the own Dockerfile declares as volumes, and where a compose file mounts named volumes in what is built from it to its end. What lies in the folder that it works in lies in /app here. */
function volumesOf(tree: Tree): readonly Volume[] {
  const stage = ownStages(tree).at(-1)
  if (stage === undefined) return []
  const file = ownFile(tree)?.file
  const built = (tree.compose ?? []).flatMap(({ services }) =>
    services.filter(({ dockerfile, target = stage.name }) => dockerfile === file && target.toLowerCase() === stage.name),
  )
  const named = built.flatMap(({ volumes, because }) => volumes.filter((v) => v.named).map((v) => ({ words: [v.target], because })))
  const all = [...stage.volumes, ...named].flatMap(({ words, because }) =>
    words.map((word) => ({ place: placeIn(stage.folder, word), because })),
  )
  return all.flatMap(({ place, because }, i) => {
    const isFirst = all.findIndex((other) => other.place === place) === i
    if (!isFirst || place === '.' || place === stage.folder || notKept.test(place)) return []
    const inside = stage.folder === '.' ? undefined : below(stage.folder, place)
    return [{ place, path: inside === undefined ? `/${place}` : `/app/${inside}`, because }]
  })
}

/** What the program writes to, with the folders that the repository itself keeps. In one that `stands` in a volume of its own, what is below its folder is kept already. */
export function withOwnVolumes(tree: Tree, writable: readonly Writable[], stands = false): readonly Writable[] {
  const own = volumesOf(tree).filter(
    ({ path }) =>
      !(stands && path.startsWith('/app/')) && !writable.some((w) => w.keep && w.link === undefined && `${path}/`.startsWith(`${w.path}/`)),
  )
  const others = writable.filter((w) => w.link !== undefined || !own.some(({ path }) => path === w.path))
  const kept = own.map(
    ({ path, because }): Writable => ({ path, keep: true, held: tree.folders.has(path.replace('/app/', '')), because: [because] }),
  )
  return [...others, ...kept]
}

/** The variables with which the own Dockerfile names folders that are kept, where the code has their names. */
export function ownFolders(tree: Tree, code: readonly string[]): Readonly<Record<string, string>> {
  const stage = ownStages(tree).at(-1)
  const volumes = volumesOf(tree)
  if (stage === undefined || volumes.length === 0) return {}
  return Object.fromEntries(
    [...stage.environment].flatMap(([name, value]) => {
      const place = placeIn('.', value)
      const volume = value.startsWith('/') ? volumes.find((v) => `${place}/`.startsWith(`${v.place}/`)) : undefined
      return volume === undefined || !code.some((text) => text.includes(name))
        ? []
        : [[name, volume.path + place.slice(volume.place.length)]]
    }),
  )
}
