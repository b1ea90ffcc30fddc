import type { ComposeFile } from './compose.ts'

/** What the scan saw of a repository. Paths are relative, with forward slashes, and sorted. */
export interface Tree {
  readonly files: ReadonlySet<string>
  readonly folders: ReadonlySet<string>
  /** Contents of the files that an ecosystem declares, without a byte order mark, with LF line ends. */
  readonly texts: ReadonlyMap<string, string>
  /** Declared files that could not be read, and folders that were not listed to their end, with the reason. */
  readonly unread: ReadonlyMap<string, string>
  /** Compose files at the root that are not ours, the likeliest first. */
  readonly compose?: readonly ComposeFile[]
}

/** Which files an ecosystem wants to read, at any depth: by whole name, or by how the name ends, `requirements/*.txt` in folders of that name. */
export interface Reads {
  readonly names: readonly string[]
  readonly endings: readonly string[]
}
