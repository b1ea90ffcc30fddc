import type { ImageRef, SecretPlan, ServicePlan } from '../model/plan.ts'
import type { ServiceNeed } from '../model/service.ts'

/** A kind of service as data: what is known of its image, whatever project it is for. */
export interface ServiceRow {
  readonly title: string
  /** Seen working in a container as hardened as we write it; the others were written after the documentation of their images and have not run yet. */
  readonly verified: boolean
  /** The image's own unprivileged user and group. */
  readonly user: number
  readonly group: number
  readonly port: number
  /** Its pages for people, published on request only. */
  readonly pages?: number
  readonly limits: ServicePlan['limits']
  /** MiB below which it does not start. */
  readonly floor: number
  /** Seconds until it must be up, between checks, and that it may take to stop. */
  readonly startPeriod: number
  readonly interval: number
  readonly stopPeriod: number
  /** Written while it runs, and worth nothing afterwards. /tmp is there anyway. */
  readonly tmpfs: readonly string[]
  /** What has to outlive the container, the data first. A new volume takes over owner and mode of the image's folder. */
  data?(release: string): readonly string[]
  readonly login: Login
  /** Of its address: `postgres`, and what follows the port when the project does not say. */
  readonly scheme: string
  path?(database: string): string
  /** A parameter that its address has with a password, whatever path the project says: `authSource=admin`. */
  readonly query?: string
  run(given: Given): Running
  health(given: Given): readonly string[]
}

/** `optional`: it can do without a password, and then every container on its network may use it. */
export interface Login {
  readonly password: 'required' | 'optional' | 'none'
  /** Name under which the program logs in, when there are names. */
  readonly user?: string
}

/** What a service is told. */
export interface Given {
  readonly name: string
  readonly release: string
  readonly database: string
  readonly user: string
  readonly withPassword: boolean
  readonly encrypted: boolean
  /** MiB. */
  readonly memory: number
}

/** How it is told. */
export interface Running {
  readonly environment: Readonly<Record<string, string>>
  /** Files with its password. Mounted as /run/secrets/<name>. */
  readonly secrets: readonly SecretPlan[]
  readonly command?: readonly string[]
}

/** For images without a user of their own: `nobody`, and a folder that anybody may write to, so that a new volume takes over its mode. */
export const nobody = 65_534
export const openFolder = '/var/tmp'

/** Where a secret is in a container. */
export function secretPath(name: string): string {
  return `/run/secrets/${name}`
}

/** A file that holds the password alone. */
export function passwordFile(name: string): SecretPlan {
  return { name: `${name}-password`, content: [{ value: name }] }
}

/** One need with all that was decided for it. */
export interface Side {
  readonly need: ServiceNeed
  readonly row: ServiceRow
  readonly image: ImageRef
  readonly given: Given
}
