/** What a person asks of the service: the path, and the answer that counts. Without `status` any answer below 500 does. */
export interface Question {
  readonly path: string
  readonly status?: number
  readonly text?: string
}

export interface Answer {
  /** 0 when nothing answered. */
  readonly status: number
  readonly text: string
}

/** One process of a container, from /proc/<pid>/status. */
export interface Process {
  readonly name: string
  /** Real, effective, saved and file system id. */
  readonly uids: readonly number[]
  readonly gids: readonly number[]
  readonly groups: readonly number[]
  /** Hexadecimal masks. */
  readonly capEff: string
  readonly capBnd: string
  readonly noNewPrivs: string
  readonly seccomp: string
}

export interface Mount {
  readonly path: string
  readonly type: string
  readonly options: readonly string[]
}

/** Bytes, processes and CPUs; a limit that is not set is absent. */
export interface Limits {
  readonly memory?: number
  readonly swap?: number
  readonly pids?: number
  readonly cpus?: number
}

/** One entry of a layer. `path` has no leading or trailing slash. */
export interface ImageFile {
  readonly path: string
  readonly type: 'file' | 'folder' | 'other'
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/** What was read of a container that runs. */
export interface Running {
  /** What the Compose file asks for. */
  readonly wanted: { readonly user: string; readonly limits: Limits }
  readonly processes: readonly Process[]
  readonly mounts: readonly Mount[]
  /** Where volumes and tmpfs are mounted. */
  readonly volumes: readonly string[]
  readonly limits: Limits
  readonly health: string
  /** Addresses of this machine that the ports are published on. */
  readonly published: readonly string[]
  /** Secrets that stand where everybody can read them who may ask Docker: the name, and where. */
  readonly shown: readonly string[]
}

/** What was read of a service that is taken from a registry. */
export interface SideReading extends Running {
  /** What can be reached of it: from the program that needs it, and from a container on a network of its own. */
  readonly reached: { readonly program: boolean; readonly stranger: boolean }
}

/** Everything that was read of one service and its image; every property is judged from this alone. */
export interface Reading extends Running {
  /** Absent for a service that listens on no port. */
  readonly question?: Question
  /** The image that the final stage is built on, from its label. */
  readonly base: string
  /** From the base upwards. */
  readonly layers: readonly (readonly ImageFile[])[]
  readonly answer?: Answer
  /** The same image under a user that nothing was prepared for. */
  readonly arbitrary: {
    readonly answer?: Answer
    readonly health: string
    readonly processes: readonly Process[]
    /** What it printed last, when it ended. */
    readonly ended?: string
  }
  readonly stop: { readonly milliseconds: number; readonly exitCode: number }
}

/** What was asked, whether it holds, and what was seen. */
export interface Property {
  readonly property: string
  readonly holds: boolean
  readonly saw: string
}
