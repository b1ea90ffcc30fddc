import type { RuleId } from './rule.ts'
import type { Process } from './service.ts'

/** Plain data that says what is built and run; how it is written down is not its business. */
export interface Plan {
  /** Name of the Compose project; the folder's name when absent. */
  readonly project?: string
  readonly composeFile: string
  readonly images: readonly ImagePlan[]
  readonly services: readonly ServicePlan[]
  readonly secrets: readonly SecretPlan[]
  /** What is different while the program is written, and the file that says it. */
  readonly development?: { readonly file: string; readonly services: readonly DevelopmentService[] }
}

/** What loosens or changes a service of ours while its program is written. */
export interface DevelopmentService {
  readonly name: string
  /** Stage of its image that has the tools. */
  readonly stage?: string
  readonly mounts: readonly Mount[]
  readonly environment: Readonly<Record<string, string>>
  readonly start?: NonNullable<ServicePlan['start']>
  /** Port on which a debugger finds it. */
  readonly debugger?: number
  /** What asks for its health, where its stage has another program for that. */
  readonly health?: readonly string[]
  /** Entries of the repository, and what a change of them asks for. */
  readonly watch: readonly { readonly path: string; readonly action: 'rebuild' | 'restart' }[]
}

/** An entry of the repository and its place in a container; folders end in a slash. */
export interface Mount {
  readonly source: string
  readonly target: string
}

/** How an image is run while its program is written. */
export interface Development {
  /** Stage that has the tools, in place of the last one. */
  readonly stage?: string
  /** What takes the place of that in the image. */
  readonly mounts: readonly Mount[]
  /** Entries of the repository that only a new image takes in. */
  readonly rebuilds: readonly string[]
  /** The program with its arguments, when it is not started as the image says. */
  readonly argv?: readonly string[]
  /** Words behind the first of each further program, with which it takes in changes by itself. */
  readonly watching?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Port of the debugger that it opens. */
  readonly debugger?: number
  readonly health?: readonly string[]
}

/** A file of its own in the folder of secrets. Its value is made where it is needed, and stands in nothing that we write. */
export interface SecretPlan {
  /** Of the file and in the Compose file. */
  readonly name: string
  /** Text, and values that are made up once and shared by all secrets that name them. Absent when only a person knows what belongs there. */
  readonly content?: readonly SecretPart[]
}

/** Text, or the name of a value, of which a `length` in characters may be asked. */
export type SecretPart = string | { readonly value: string; readonly length?: number }

export interface ImageRef {
  readonly repository: string
  readonly tag: string
}

export interface ImagePlan {
  readonly name: string
  readonly dockerfile: string
  readonly stages: readonly Stage[]
  readonly labels: Readonly<Record<string, string>>
  /** Patterns of .dockerignore beside ours. */
  readonly ignore?: readonly string[]
  /** Files that the build needs although their names are among those never sent: the code embeds them by name. */
  readonly embedded?: readonly string[]
  readonly user: number
  readonly port: number
  /** Folders that the program writes to. What is not kept is gone when the container stops. */
  readonly writable?: readonly { readonly path: string; readonly keep: boolean }[]
  /** Brings the data of a service up to date, each time before the program starts: a program with its arguments. */
  readonly migration?: readonly string[]
  readonly stopSignal: string
  readonly health: HealthCheck
  /** Programs with their arguments; the base image's own entrypoint stays when there is none. */
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly loader: Loader
  /** Its further programs, each for a service of its own. */
  readonly processes: readonly ProcessPlan[]
  readonly development?: Development
}

export interface ProcessPlan {
  readonly name: string
  readonly kind: Process['kind']
  readonly argv: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly health: HealthCheck
}

/**
 * How programs of an image get variables out of files with a line `NAME=value`: by a flag for each file behind their first word, or
 * by a program that takes the files, `--` and a command, and becomes that command.
 */
export type Loader = { readonly flag: { readonly before: string; readonly after: string } } | { readonly program: readonly string[] }

/** Seconds throughout. */
export interface HealthCheck {
  readonly command: readonly string[]
  readonly interval: number
  readonly timeout: number
  readonly startPeriod: number
  readonly retries: number
  /** What it tells of a program that serves nothing: whether it still looks for work, or only that it is there; or nothing, of one that ends. Of a site, whether its page is there. */
  readonly tells?: 'works' | 'runs' | 'nothing' | 'page'
}

export interface Stage {
  readonly name: string
  readonly description: string
  readonly base: ImageRef
  readonly steps: readonly Step[]
}

export type Step =
  | { readonly do: 'workdir'; readonly path: string; readonly rule: RuleId }
  /** The image's own user, or root for the steps up to that one. */
  | { readonly do: 'user'; readonly root?: true; readonly rule: RuleId }
  | { readonly do: 'env'; readonly values: Readonly<Record<string, string>>; readonly rule: RuleId }
  | CopyStep
  | RunStep
  /** Lines of a preset, checked. */
  | { readonly do: 'lines'; readonly lines: readonly string[]; readonly rule: RuleId }

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
  /** Files that only this step sees: secrets of the build by their name, each at a path. */
  readonly secrets?: readonly { readonly id: string; readonly path: string }[]
  readonly rule: RuleId
}

export type Command =
  | { readonly argv: readonly string[]; readonly env?: Readonly<Record<string, string>> }
  | { readonly write: string; readonly lines: readonly string[] }

export interface ServicePlan {
  readonly name: string
  /** Built with a Dockerfile of this plan, the image that another service builds, or one of a registry. */
  readonly source: { readonly dockerfile: string } | { readonly same: string } | { readonly image: ImageRef }
  /** It starts only when this is asked for by name. */
  readonly profile?: string
  /** What it is and what shows that it is needed; nothing for what is built here. */
  readonly about?: string
  /** Name and tag that the image it is built into gets. */
  readonly tag?: string
  /** Names of secrets that only its build sees. */
  readonly buildSecrets?: readonly string[]
  readonly user: number
  readonly group: number
  /** Names only: their values never stand in the file. */
  readonly variables: readonly string[]
  /** Variables with the value that the repository itself shows. */
  readonly examples?: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
  /** Names of secrets, each mounted as a file /run/secrets/<name>. */
  readonly secrets: readonly string[]
  readonly dependsOn: readonly Dependency[]
  readonly ports: readonly PublishedPort[]
  readonly tmpfs: readonly { readonly path: string; readonly megabytes: number }[]
  /** Named volumes: their contents outlive the container. */
  readonly volumes: readonly { readonly name: string; readonly path: string }[]
  /** Files and folders of the repository that it only reads, by the path at which it sees them. */
  readonly mounts?: readonly { readonly path: string; readonly place: string }[]
  /** Memory in MiB. */
  readonly limits: { readonly memory: number; readonly cpus: number; readonly pids: number; readonly files: number }
  readonly logs: { readonly megabytes: number; readonly files: number }
  readonly networks: readonly ServiceNetwork[]
  /** How often it is started again when it fails. */
  readonly restarts: number
  /** How it is started when that is not as its image says. */
  readonly start?: {
    /** Becomes the rest, after it has read secrets. */
    readonly loader: readonly string[]
    /** Brings its data up to date, each time before the program starts. */
    readonly migration?: readonly string[]
    readonly program: readonly string[]
  }
  /** Arguments for the image's own entrypoint. */
  readonly command?: readonly string[]
  /** Lines of a preset, checked: further keys of the service. */
  readonly added?: readonly string[]
  /** Seconds. */
  readonly stopPeriod: number
  readonly health: HealthCheck
}

/** A port of this machine, or those from `host` to `last`, that lead to one of the container. */
export interface PublishedPort {
  readonly host: number
  readonly last?: number
  readonly container: number
}

/** A service that comes first, and what is waited for: that it is healthy, or has ended well. */
export interface Dependency {
  readonly name: string
  readonly until: 'healthy' | 'completed'
}

export interface ServiceNetwork {
  readonly name: string
  /** Nothing goes out of it and nothing comes in. */
  readonly internal: boolean
}
