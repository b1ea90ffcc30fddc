import type { RuleId } from './rule.ts'

/** Plain data that says what is built and run; how it is written down is not its business. */
export interface Plan {
  /** Name of the Compose project; the folder's name when absent. */
  readonly project?: string
  readonly composeFile: string
  readonly images: readonly ImagePlan[]
  readonly services: readonly ServicePlan[]
}

export interface ImageRef {
  readonly repository: string
  readonly tag: string
}

export interface ImagePlan {
  readonly name: string
  readonly dockerfile: string
  readonly stages: readonly Stage[]
  readonly labels: Readonly<Record<string, string>>
  readonly user: number
  readonly port: number
  /** Variables without which the program does not start: handed through from where it is started. */
  readonly variables?: readonly string[]
  /** Folders that the program writes to. What is not kept is gone when the container stops. */
  readonly writable?: readonly { readonly path: string; readonly keep: boolean }[]
  /** Brings the data of a service up to date, each time before the program starts: a program with its arguments. */
  readonly migration?: readonly string[]
  readonly stopSignal: string
  readonly health: HealthCheck
  /** Programs with their arguments; the base image's own entrypoint stays when there is none. */
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
}

/** Seconds throughout. */
export interface HealthCheck {
  readonly command: readonly string[]
  readonly interval: number
  readonly timeout: number
  readonly startPeriod: number
  readonly retries: number
}

export interface Stage {
  readonly name: string
  readonly description: string
  readonly base: ImageRef
  readonly steps: readonly Step[]
}

export type Step =
  | { readonly do: 'workdir'; readonly path: string; readonly rule: RuleId }
  | { readonly do: 'user'; readonly rule: RuleId }
  | { readonly do: 'env'; readonly values: Readonly<Record<string, string>>; readonly rule: RuleId }
  | CopyStep
  | RunStep

export interface CopyStep {
  readonly do: 'copy'
  /** Stage to copy from; the build context when absent. */
  readonly from?: string
  readonly paths: readonly string[]
  /** A folder when it ends in a slash. */
  readonly to: string
  /** Anybody may write to it. */
  readonly writable?: boolean
  readonly rule: RuleId
}

export interface RunStep {
  readonly do: 'run'
  /** In order, the next only when the one before succeeded. */
  readonly commands: readonly Command[]
  readonly network: boolean
  readonly caches: readonly string[]
  readonly rule: RuleId
}

export type Command =
  | { readonly argv: readonly string[]; readonly env?: Readonly<Record<string, string>> }
  | { readonly write: string; readonly lines: readonly string[] }

export interface ServicePlan {
  readonly name: string
  /** Dockerfile of an image of this plan. */
  readonly dockerfile: string
  readonly user: number
  /** Names only: their values never stand in the file. */
  readonly variables: readonly string[]
  readonly ports: readonly { readonly host: number; readonly container: number }[]
  readonly tmpfs: readonly { readonly path: string; readonly megabytes: number }[]
  /** Named volumes: their contents outlive the container. */
  readonly volumes: readonly { readonly name: string; readonly path: string }[]
  /** Memory in MiB. */
  readonly limits: { readonly memory: number; readonly cpus: number; readonly pids: number; readonly files: number }
  readonly logs: { readonly megabytes: number; readonly files: number }
  readonly networks: readonly string[]
  readonly restarts: number
  /** Brings its data up to date in the same container, and then becomes the program. */
  readonly migration?: { readonly first: readonly string[]; readonly program: readonly string[] }
  /** Seconds. */
  readonly stopPeriod: number
  readonly health: HealthCheck
}
