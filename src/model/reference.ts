/** Where a preset is. */
export type Reference =
  /** Comes with the program. */
  | { readonly kind: 'shipped'; readonly name: string }
  /** A folder or file of the repository itself, by its path from the root. */
  | { readonly kind: 'local'; readonly path: string }
  | GitReference
  | NpmReference
  /** One file behind an address. */
  | { readonly kind: 'https'; readonly url: string }

export type RemoteReference = Exclude<Reference, { readonly kind: 'shipped' | 'local' }>

export interface GitReference {
  readonly kind: 'git'
  /** As it is named before its path: `github>acme/presets`. */
  readonly stem: string
  /** https or ssh. */
  readonly url: string
  /** Folder or file in the repository; empty for its root. */
  readonly path: string
  readonly wanted: Wanted
}

export interface NpmReference {
  readonly kind: 'npm'
  readonly stem: string
  /** `@acme/presets`. */
  readonly name: string
  readonly path: string
  readonly wanted: Wanted
}

/** Which version is wanted: what the source gives when nothing is named, the newest of a range, or one tag, branch or commit by its name. */
export type Wanted =
  | { readonly by: 'default' }
  | { readonly by: 'range'; readonly range: string }
  | { readonly by: 'name'; readonly name: string }

/** What a reference came to when it was fetched. */
export interface Pin {
  /** Release or branch: `v1.2.0`. */
  readonly version?: string
  /** The version names the same content for ever. */
  readonly exact: boolean
  /** Of git. */
  readonly commit?: string
  /** The newest release that was seen, when it is newer than the pinned one. */
  readonly newest?: string
  /** SHA-256 of the content, in hexadecimal. */
  readonly digest: string
}

/** Texts of a preset by their path in it: `preset.toml`, and the templates of blocks. LF line ends. */
export type PresetFiles = ReadonlyMap<string, string>

/** A preset as it was just fetched. */
export interface Fetched {
  readonly pin: Omit<Pin, 'digest'>
  /** Absent when it is known to be what is pinned already. */
  readonly files?: PresetFiles
}
