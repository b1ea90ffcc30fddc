import type { Sourced } from './evidence.ts'

export type EcosystemName = 'node' | 'go' | 'python'

/** Everything that can be chosen, by its key in secure-docker.toml. */
export interface OptionValues {
  readonly ecosystem: EcosystemName
  /** Names the image and the Compose project: lower case letters, digits, dots, dashes. */
  readonly name: string
  readonly description: string
  /** Address of the source code. */
  readonly source: string
  /** Address of the project's home page. */
  readonly url: string
  /** SPDX expression. */
  readonly licenses: string
  readonly vendor: string
  /** Release line of the language: `24`, `1.27`, `3.14`. */
  readonly release: string
  /** What is started: a file (Node.js), a main package's folder (Go), a WSGI or ASGI application (Python). */
  readonly start: string
  /** Port that the application listens on; 0 when it serves nothing. */
  readonly port: number
  /** Path that the health check asks for. */
  readonly health: string
  /** Numeric user and group id. */
  readonly user: number
  /** MiB. */
  readonly memory: number
  /** Processors, in fractions. */
  readonly cpus: number
  /** Processes and threads. */
  readonly pids: number
}

export type OptionKey = keyof OptionValues

/** Some options with who decided them. */
export type Chosen = { readonly [K in OptionKey]?: Sourced<OptionValues[K]> }

/** All that planning needs; metadata that nobody gave stays absent. */
export type Choices = Chosen & {
  readonly [K in 'ecosystem' | 'name' | 'release' | 'start' | 'port' | 'health' | 'user' | 'memory' | 'cpus' | 'pids']: Sourced<
    OptionValues[K]
  >
}
