import type { Evidence } from './evidence.ts'
import type { Pin } from './reference.ts'

/** A file that we write. Files of one set are written or left together. */
export interface Artifact {
  readonly path: string
  readonly set: ArtifactSet
  /** LF line ends, one at the very end. */
  readonly content: string
}

/** `project` holds the user's own file of choices. */
export type ArtifactSet = 'dockerfile' | 'compose' | 'project'

/** What becomes of one file. `before` is the text on disk, absent when there is no file. */
export interface Outcome extends Artifact {
  readonly action: Action
  readonly before?: string
  /** What is written when it is not the fresh content: that with the user's edits in it. */
  readonly merged?: string
  /** Where the user and we changed the same lines. */
  readonly pieces?: readonly Piece[]
  /** Why a file is left. */
  readonly reason?: Reason
  /** The existing file that is in the way, when it is not the path itself; with an action that writes, it stays beside it. */
  readonly blockedBy?: string
}

/**
 * create, update, replace, merge and remove change the file; same, leave, conflict, deleted (by the user) and ejected do not.
 * A file that is no longer needed but was edited is kept: it becomes the user's own.
 */
export type Action = 'create' | 'same' | 'update' | 'replace' | 'merge' | 'remove' | 'leave' | 'conflict' | 'deleted' | 'ejected' | 'keep'

/**
 * A person wrote it; edited ours; has a file that ours would shadow or merge with; or another file that must agree with it is left. What is
 * removed was replaced by ours under another name, or is not needed any more.
 */
export type Reason = 'not-ours' | 'edited' | 'shadowed' | 'held' | 'replaced'

/** A stretch of a three-way merge: settled lines, or the lines of both sides with those that they come from. */
export type Piece =
  | { readonly lines: readonly string[] }
  | { readonly mine: readonly string[]; readonly base: readonly string[]; readonly theirs: readonly string[] }

/** What a person decided on existing files of a set. Adopted files are kept as they are, and followed from then on. */
export type Decided = 'replace' | 'leave' | 'beside' | 'adopt'

/** How existing files are treated: nothing that a person wrote is replaced without `force` or a decision. */
export interface Policy {
  readonly force: boolean
  readonly decided: { readonly [S in 'dockerfile' | 'compose']?: Decided }
  /** Merge what comes in with the user's edits; else edited files are left. */
  readonly merge: boolean
  /** Write conflicts into the files, between marks. */
  readonly markers: boolean
  /** Write files anew that the user deleted. */
  readonly recreate: boolean
  /** Texts on which a person settled conflicts, by path. */
  readonly settled: ReadonlyMap<string, string>
}

/** What is in the folders that artifacts go to: the names of all files there, and the texts of those that artifacts would replace. */
export interface OnDisk {
  readonly names: ReadonlySet<string>
  readonly texts: ReadonlyMap<string, string>
}

/** What was written last. */
export interface Lock {
  /** Version of the tool that wrote it. */
  readonly tool: string
  /** What the files were made from, by name. */
  readonly facts: ReadonlyMap<string, LockedFact>
  /** The text of each file with LF line ends, by path. */
  readonly bases: ReadonlyMap<string, string>
  /** Files that were given up: they are the user's. */
  readonly ejected: ReadonlySet<string>
  /** The texts of a person's files that ours took the place of, by path: they go on telling of the project. */
  readonly replaced: ReadonlyMap<string, string>
  /** What was fetched, by its name as it is written. */
  readonly presets: ReadonlyMap<string, Pin>
}

/** A value with the file that showed it, and a digest of what was seen there: the text itself may hold anything. */
export interface LockedFact {
  readonly value: string
  readonly file?: string
  readonly seen?: string
}

/** One reason why the files are no longer what they should be. */
export interface Change {
  readonly name: string
  readonly before: string | undefined
  readonly after: string | undefined
  readonly because: Evidence | undefined
}

/** A file to be written, or removed without `content`. `before` is the text that the decision was made on. */
export interface FileChange {
  readonly path: string
  readonly content?: string
  readonly before?: string
}
