import type { Evidence } from './evidence.ts'

/** A compose file that a person wrote, as far as it matters here. Variables in its values are replaced by their defaults. */
export interface ComposeFile {
  readonly file: string
  readonly services: readonly ComposeService[]
  /** Names of its volumes. */
  readonly volumes: readonly string[]
  /** Names of its networks. */
  readonly networks: readonly string[]
  /** Why it could not be read; then it has no services. */
  readonly problem?: { readonly text: string; readonly line?: number }
}

export interface ComposeService {
  readonly name: string
  /** The line of its name. */
  readonly because: Evidence
  /** `postgres:17-alpine`; absent when only a build section says what runs. */
  readonly image?: { readonly value: string; readonly because: Evidence }
  /** The file that its image is built from, as seen from the root; `Dockerfile` by default. */
  readonly dockerfile?: string
  /** The stage that it ends with. */
  readonly target?: string
  /** Arguments, or a line for a shell. */
  readonly command?: readonly string[] | string
  readonly ports: readonly ComposePort[]
  readonly environment: readonly ComposeVariable[]
  readonly volumes: readonly ComposeMount[]
  readonly dependsOn: readonly string[]
}

/** A published port. Of a range the first. */
export interface ComposePort {
  readonly address?: string
  readonly host?: number
  readonly container: number
}

/** A variable of a service. Without a value it is handed through, or no default is named. It may be a secret: never print it. */
export interface ComposeVariable {
  readonly name: string
  readonly value?: string
  readonly because: Evidence
}

export interface ComposeMount {
  /** Name of a volume, or a path; absent when Docker makes a volume without a name. */
  readonly source?: string
  readonly target: string
  /** The source is a named volume. */
  readonly named: boolean
}
