import type { Sourced } from './evidence.ts'

export type EcosystemName = 'node' | 'go' | 'python'

/** What the final image stands on. */
export type Base = 'distroless' | 'slim' | 'alpine'

type Texts = Readonly<Record<string, string>>

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
  /** User ids of which the project gets one: `20000-29999`. */
  readonly 'user-range': string
  /** A compose.dev.yaml beside the compose file. */
  readonly dev: boolean
  /** MiB. */
  readonly memory: number
  /** Processors, in fractions. */
  readonly cpus: number
  /** Processes and threads. */
  readonly pids: number
  /** Open files. */
  readonly files: number
  readonly base: Base
  /** Seconds. */
  readonly 'health-interval': number
  readonly 'health-timeout': number
  /** Seconds that may fail at first. */
  readonly 'health-start': number
  readonly 'health-retries': number
  /** How often it is started again after a failure. */
  readonly restarts: number
  /** MB of one log file, and how many are kept. */
  readonly 'log-size': number
  readonly 'log-files': number
  /** Name of the network that the app is reached on. */
  readonly network: string
  /** Name of the Compose service that runs the app. */
  readonly service: string
  /** Port of this machine that the app is published on, a range of ports (`3000-3001`), or `none`. */
  readonly publish: string | number
  /** Kinds of services that are set up although they are optional (`redis`), and those that are left out (`-postgres`). */
  readonly services: string
  /** The services beside the app are published, for this machine only. */
  readonly 'expose-db': boolean
  /** Name of the image that compose builds; `{name}` stands for the app's. */
  readonly image: string
  readonly labels: Texts
  /** Variables of the image: nothing secret. */
  readonly environment: Texts
  /** Patterns of .dockerignore beside ours. */
  readonly ignore: readonly string[]
  /** Registries by the one whose place they take: `docker.io` → `mirror.example.com/hub`. */
  readonly registries: Texts
  /** Addresses that packages come from. */
  readonly 'npm-registry': string
  readonly 'pip-index': string
  readonly 'go-proxy': string
  /** A certificate authority that builds and program trust beside the usual ones, as PEM. */
  readonly 'ca-certificate': string
  /** Files that only the install steps see, by the name of the secret. */
  readonly 'build-secrets': Texts
}

export type OptionKey = keyof OptionValues

/** Some options with who decided them. */
export type Chosen = { readonly [K in OptionKey]?: Sourced<OptionValues[K]> }

/** All that planning needs; metadata that nobody gave stays absent. */
export type Choices = Chosen & {
  readonly [K in 'ecosystem' | 'release' | 'start' | 'port' | DefaultedKey]: Sourced<OptionValues[K]>
}

/** Options whose default is the same for every project. */
export type DefaultedKey =
  | 'name'
  | 'health'
  | 'user'
  | 'memory'
  | 'cpus'
  | 'pids'
  | 'files'
  | 'health-interval'
  | 'health-timeout'
  | 'health-retries'
  | 'restarts'
  | 'log-size'
  | 'log-files'
  | 'network'
