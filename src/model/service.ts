import type { Evidence } from './evidence.ts'

const kinds = [
  'postgres',
  'mysql',
  'mariadb',
  'mongodb',
  'redis',
  'valkey',
  'memcached',
  'rabbitmq',
  'nats',
  'kafka',
  'elasticsearch',
  'opensearch',
  'meilisearch',
  'minio',
  'mailpit',
] as const
const flavours = ['postgis', 'pgvector', 'timescaledb'] as const

/** What a project can need beside itself. */
export type ServiceKind = (typeof kinds)[number]

/** An extension that the project uses, which the plain image of its kind lacks. */
export type ServiceFlavour = (typeof flavours)[number]

/** Every word that names a service. */
export const serviceNames: readonly string[] = [...kinds, ...flavours]

/** A service that the project talks to. */
export interface ServiceNeed {
  readonly kind: ServiceKind
  readonly flavour?: ServiceFlavour
  /** Release line that the repository names somewhere: `17`. */
  readonly release?: string
  /** Name by which the repository already calls it: the host of its settings, or its key in a compose file. */
  readonly name?: string
  /** Ports that a compose file of the repository publishes it on. */
  readonly published?: readonly { readonly host: number; readonly container: number }[]
  /** Name of the database, bucket or virtual host. */
  readonly database?: string
  /** Name under which the repository logs in to it, where that is not a variable, or of which its init scripts may speak. */
  readonly user?: string
  /** What a database runs while its data is made. */
  readonly initScripts?: readonly InitScript[]
  /** The program asks for an encrypted connection. */
  readonly encrypted?: true
  /** The project runs without it. */
  readonly optional: boolean
  readonly because: readonly Evidence[]
  readonly connections: readonly Connection[]
}

/** A file or folder of the repository with statements for a new database, and where its image looks for them. */
export interface InitScript {
  readonly path: string
  readonly place: string
  readonly because: Evidence
}

/** A variable through which the program learns where its service is. */
export interface Connection {
  readonly variable: string
  readonly holds: 'url' | 'host' | 'port' | 'host-and-port' | 'user' | 'password' | 'database' | 'engine'
  /** Of an engine: the text with which the program takes this service and no other, takes it as it is, or makes its tables. */
  readonly value?: string
  /** Of a url: `postgres`, `postgresql+asyncpg`, `redis`. */
  readonly scheme?: string
  /** It is no URL, but what Go's driver of MySQL takes: `app:secret@tcp(mysql:3306)/app`. */
  readonly form?: 'tcp'
  /** Of a url: what follows the port, beginning with a slash. */
  readonly path?: string
  /** The program can read the value from a file whose path stands in the variable of this name: `DATABASE_PASSWORD_FILE`. */
  readonly file?: string
}

/** A further program of the same code, started beside the web process or once before it. */
export interface Process {
  readonly name: string
  /** Runs on, runs on and starts work by the clock, runs once before the rest (several one after the other, as they are listed), fills in data once when it is asked for. */
  readonly kind: 'worker' | 'scheduler' | 'once' | 'seed'
  /** A program of the image with its arguments. */
  readonly argv: readonly string[]
  /** Variables that its command sets. */
  readonly environment: Readonly<Record<string, string>>
  /** It is of use only beside a service of one of these kinds; beside anything when there are none. */
  readonly needs: readonly ServiceKind[]
  /** While all is well its first process wakes every minute or more often, to look for work. */
  readonly polls: boolean
  readonly because: readonly Evidence[]
}

/** Databases whose tables are made and changed by migrations. */
export const databases: readonly ServiceKind[] = ['postgres', 'mysql', 'mariadb']

/** Where jobs wait for workers. */
export const brokers: readonly ServiceKind[] = ['redis', 'valkey', 'rabbitmq']
