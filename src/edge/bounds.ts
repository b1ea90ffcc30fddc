const mebibyte = 1024 * 1024

/** A repository is read up to here; what lies beyond is named in the tree's `unread`. */
export const bounds = {
  entries: 50_000,
  depth: 20,
  textBytes: mebibyte / 2,
  lockfileBytes: 64 * mebibyte,
  allBytes: 64 * mebibyte,
} as const

export type Bounds = { readonly [K in keyof typeof bounds]: number }

/** Written by package managers, and long in large projects. */
const lockfiles: ReadonlySet<string> = new Set([
  ...['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock'],
  ...['uv.lock', 'poetry.lock', 'Pipfile.lock', 'go.sum'],
])

/** How many bytes of a file with this base name are read. */
export function longest(name: string, limits: Bounds): number {
  return lockfiles.has(name) ? limits.lockfileBytes : limits.textBytes
}
