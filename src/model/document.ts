import type { Evidence } from './evidence.ts'

/** A value of a file as it is on disk, with its line. */
export interface Placed<T> {
  readonly value: T
  readonly because: Evidence
}

/** A Dockerfile, as far as rules ask about it. Build arguments are replaced by their defaults where they have one. */
export interface DockerfileDocument {
  readonly file: string
  readonly stages: readonly DockerfileStage[]
}

/** A stage with what it takes over from the stages below it. */
export interface DockerfileStage {
  readonly name: string | undefined
  /** The image that it begins with, or the name of another stage. */
  readonly from: Placed<string>
  /** It begins with another stage of the file. */
  readonly local: boolean
  readonly user: Placed<string> | undefined
  readonly labels: Readonly<Record<string, Placed<string>>>
  readonly ports: readonly Placed<string>[]
  readonly health: boolean
  /** Images that COPY and RUN take files from. */
  readonly sources: readonly Placed<string>[]
}

/** What Compose makes of a file and its override. */
export interface ComposeDocument {
  readonly file: string
  readonly services: readonly EffectiveService[]
  /** What is taken from elsewhere, so that nothing can be said about it. */
  readonly elsewhere: readonly Evidence[]
}

export interface EffectiveService {
  readonly name: string
  readonly because: Evidence
  /** Its keys as they are written, with variables. */
  readonly keys: Readonly<Record<string, Placed<unknown>>>
}
