import type { Writable } from '../model/app.ts'
import type { Command, CopyStep, ImagePlan, ImageRef, Mount, Stage, Step } from '../model/plan.ts'

const root = '/app/'

/** Makes the folders that a volume is mounted on, with what the repository already holds of them, and links to files that are kept elsewhere. */
export function foldersStage(writable: readonly Writable[], base: ImageRef): Stage {
  const folders = writable.filter((w) => w.keep).map((w) => staged(w.path))
  const links = writable.flatMap(({ path, link }) => (link === undefined ? [] : [{ target: `${path}/${nameOf(link)}`, link }]))
  const above = links.map(({ link }) => staged(link).replace(/\/[^/]*$/, ''))
  const made = writable.filter((w) => !w.held || (w.log !== undefined && w.link === undefined))
  const files = made.flatMap(({ path, database, log = database, served = log }) =>
    served === undefined ? [] : [`${staged(path)}/${served}`],
  )
  const commands: readonly Command[] = [
    { argv: ['mkdir', '-p', ...new Set([...folders, ...above])] },
    ...(files.length > 0 ? [{ argv: ['touch', ...files] }] : []),
    ...links.map(({ target, link }) => ({ argv: ['ln', '-s', target, staged(link)] })),
  ]
  const held = writable.filter((w) => w.held && w.keep)
  const copies = held.map(({ path, link }): CopyStep => {
    const from = (link ?? path).slice(root.length)
    return { do: 'copy', paths: [link === undefined ? `${from}/` : from], to: `${staged(path)}/`, rule: 'writable-folders' }
  })
  const steps: readonly Step[] = [{ do: 'run', commands, network: false, caches: [], rule: 'writable-folders' }, ...copies]
  return { name: 'folders', description: 'Makes the folders that the program writes to', base, steps }
}

/** Brings them into the image. A folder keeps its mode only when it is copied out of another. */
export function foldersSteps(writable: readonly Writable[]): readonly CopyStep[] {
  const paths = writable.flatMap((w) => [...(w.keep ? [w.path] : []), ...(w.link === undefined ? [] : [w.link])])
  const parents = [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/') + 1)))].sort()
  return parents.map((to) => ({
    do: 'copy',
    from: 'folders',
    paths: [`${stagedParent(to)}/`],
    to,
    writable: true,
    rule: 'writable-folders',
  }))
}

/** Where a path is made before it is copied: each folder's entries apart, so that no folder above them comes along. */
function staged(path: string): string {
  return `${stagedParent(path.slice(0, path.lastIndexOf('/') + 1))}/${nameOf(path)}`
}

function stagedParent(folder: string): string {
  return `/writable/${folder.split('/').filter(Boolean).join('-') || 'root'}`
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/**
 * What of an image's own entries the folder of a developer can take the place of while the program is written: those in or above which
 * nothing is written, because there a volume or a link has its place. The others come back as `rest`.
 */
export function mountable(
  entries: readonly string[],
  writable: readonly Writable[],
  folder = '/app',
): { readonly mounts: readonly Mount[]; readonly rest: readonly string[] } {
  const places = writable.flatMap(({ path, link }) => [path, ...(link === undefined ? [] : [link])])
  const all = entries.map((source) => ({ source, target: `${folder}/${source}` }))
  const meets = ({ target }: Mount): boolean =>
    places.some((place) => `${place}/`.startsWith(`${target.replace(/\/$/, '')}/`) || target.startsWith(`${place}/`))
  return { mounts: all.filter((mount) => !meets(mount)), rest: all.filter(meets).map(({ source }) => source) }
}

/** What a service mounts: a volume where something is kept, memory elsewhere. /tmp is there anyway. */
export function mounts(writable: readonly Writable[]): NonNullable<ImagePlan['writable']> {
  const paths = [...new Set(writable.map((w) => w.path))].filter((path) => path !== '/tmp')
  return paths.map((path) => ({ path, keep: writable.some((w) => w.path === path && w.keep) }))
}
