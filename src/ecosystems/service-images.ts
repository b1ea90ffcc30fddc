import type { ServiceFlavour, ServiceKind } from '../model/service.ts'

/** What an image runs, and the release that its tag names. */
export interface SeenImage {
  readonly kind: ServiceKind
  readonly flavour?: ServiceFlavour
  readonly release?: string
}

// The last part of an image's name, without what makers put around it.
const images: readonly (readonly [RegExp, Pick<SeenImage, 'kind' | 'flavour'>])[] = [
  [/^postgis$/, { kind: 'postgres', flavour: 'postgis' }],
  [/^(?:pgvector|ankane-pgvector)$/, { kind: 'postgres', flavour: 'pgvector' }],
  [/^timescaledb(?:-ha)?$/, { kind: 'postgres', flavour: 'timescaledb' }],
  [/^(?:postgres|postgresql)$/, { kind: 'postgres' }],
  [/^(?:mysql|mysql-server)$/, { kind: 'mysql' }],
  [/^mariadb$/, { kind: 'mariadb' }],
  [/^(?:mongo|mongodb|mongodb-community-server)$/, { kind: 'mongodb' }],
  [/^(?:redis|redis-stack|redis-stack-server)$/, { kind: 'redis' }],
  [/^valkey$/, { kind: 'valkey' }],
  [/^memcached$/, { kind: 'memcached' }],
  [/^rabbitmq$/, { kind: 'rabbitmq' }],
  [/^nats$/, { kind: 'nats' }],
  [/^(?:kafka|cp-kafka|kafka-native|redpanda)$/, { kind: 'kafka' }],
  [/^elasticsearch$/, { kind: 'elasticsearch' }],
  [/^opensearch$/, { kind: 'opensearch' }],
  [/^meilisearch$/, { kind: 'meilisearch' }],
  [/^minio$/, { kind: 'minio' }],
  [/^(?:mailpit|mailhog|maildev)$/, { kind: 'mailpit' }],
]

/** The service that an image runs: `postgis/postgis:16-3.4` is PostgreSQL 16 with PostGIS. */
export function kindOfImage(image: string): SeenImage | undefined {
  const match = /^(?:.*\/)?([\w.-]+?)(?::([\w.-]+))?(?:@.*)?$/.exec(image)
  const row = images.find(([name]) => name.test(match?.[1] ?? ''))
  if (row === undefined) return undefined
  const [, seen] = row
  // Another maker's release is not that of the image which stands for it.
  const own = !/mailhog|maildev|redpanda|cp-kafka/.test(image)
  // PostgreSQL keeps its data alike within a whole number.
  const line = seen.kind === 'postgres' ? /(?:^|pg)(\d+)/ : /^v?(\d+(?:\.\d+)?)/
  const release = own ? line.exec(match?.[2] ?? '')?.[1] : undefined
  return { ...seen, ...(release === undefined ? {} : { release }) }
}
