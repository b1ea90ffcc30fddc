import type { ImageFile, Process } from './reading.ts'

// What the files of an image tell.

/** The files that a container sees: later layers replace and remove what earlier ones brought. */
export function flatten(layers: readonly (readonly ImageFile[])[]): readonly ImageFile[] {
  const seen = new Map<string, ImageFile>()
  const removeBelow = (folder: string): void => {
    for (const path of seen.keys()) if (path.startsWith(`${folder}/`)) seen.delete(path)
  }
  for (const layer of layers) {
    // Removals speak of the layers below, wherever they stand in the list.
    for (const { path } of layer) {
      const [folder, name] = split(path)
      if (name === '.wh..wh..opq') removeBelow(folder)
      else if (name.startsWith('.wh.')) {
        const removed = joined(folder, name.slice(4))
        seen.delete(removed)
        removeBelow(removed)
      }
    }
    for (const file of layer) if (!split(file.path)[1].startsWith('.wh.')) seen.set(file.path, file)
  }
  return [...seen.values()]
}

/** What a process may write. A folder with the sticky bit (/tmp) and what is mounted over is left out. */
export function writableBy(process: Process, files: readonly ImageFile[], mounted: readonly string[]): readonly string[] {
  const groups = new Set([...process.gids, ...process.groups])
  const covered = (path: string): boolean => mounted.some((mount) => `/${path}` === mount || `/${path}`.startsWith(`${mount}/`))
  return files
    .filter(({ type, mode, uid, gid, path }) => {
      if (type === 'other' || covered(path) || (type === 'folder' && (mode & 0o1000) !== 0)) return false
      return (process.uids.includes(uid) && (mode & 0o200) !== 0) || (groups.has(gid) && (mode & 0o20) !== 0) || (mode & 0o2) !== 0
    })
    .map((file) => `/${file.path}`)
}

/** Files that run with another user's or group's rights. */
export function setuid(files: readonly ImageFile[]): readonly string[] {
  return files.filter(({ type, mode }) => type === 'file' && (mode & 0o6000) !== 0).map((file) => `/${file.path}`)
}

const shellsAndManagers = new Set(
  'sh ash bash dash zsh busybox apt apt-get dpkg apk npm npx yarn yarnpkg pnpm corepack pip pip3 uv poetry pipenv'.split(' '),
)
const programFolders = new Set(['bin', 'sbin', 'usr/bin', 'usr/sbin', 'usr/local/bin', 'nodejs/bin', 'opt/venv/bin', 'app/.venv/bin'])

/** Shells and package managers on the search path. */
export function shells(files: readonly ImageFile[]): readonly string[] {
  return files
    .filter(({ path }) => {
      const [folder, name] = split(path)
      return programFolders.has(folder) && shellsAndManagers.has(name)
    })
    .map((file) => `/${file.path}`)
}

const unwanted: readonly { readonly what: string; readonly is: (path: string) => boolean }[] = [
  { what: 'version control', is: (path) => /(^|\/)\.(git|hg|svn)(\/|$)/.test(path) },
  { what: 'environment file', is: (path) => /(^|\/)\.env(\.[^/]*)?$/.test(path) && !/\.(example|sample|template|dist)$/.test(path) },
  { what: 'credentials of a package registry', is: (path) => /(^|\/)(\.npmrc|\.yarnrc\.yml|\.netrc|\.pypirc)$/.test(path) },
  {
    what: 'cache of a package manager',
    is: (path) => /(^|\/)(_cacache|_logs|\.cache\/(pip|uv|go-build)|pkg\/mod\/cache)(\/|$)/.test(path),
  },
]

/** What no layer may hold, also when a later layer removes it. Packages bring files of such names of their own. */
export function leaks(layers: readonly (readonly ImageFile[])[]): readonly string[] {
  return layers.flatMap((layer) =>
    layer.flatMap(({ path, type }) => {
      const kind = /(^|\/)(node_modules|site-packages|dist-packages)\//.test(path) ? undefined : unwanted.find(({ is }) => is(path))
      return kind === undefined || type === 'other' ? [] : [`/${path} (${kind.what})`]
    }),
  )
}

function split(path: string): readonly [folder: string, name: string] {
  const at = path.lastIndexOf('/')
  return [path.slice(0, Math.max(at, 0)), path.slice(at + 1)]
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
