import type { ServiceFlavour, ServiceKind, ServiceNeed } from '../model/service.ts'
import { kafka } from './kafka.ts'
import { mailpit } from './mailpit.ts'
import { memcached } from './memcached.ts'
import { minio } from './minio.ts'
import { mongodb } from './mongodb.ts'
import { mariadb, mysql } from './mysql.ts'
import { nats } from './nats.ts'
import { pgvector, postgis, postgres, timescaledb } from './postgres.ts'
import { rabbitmq } from './rabbitmq.ts'
import { redis, valkey } from './redis.ts'
import type { ServiceRow } from './row.ts'
import { elasticsearch, meilisearch, opensearch } from './search.ts'

/** Every service that can be set up, by its kind or, where an extension needs another image, its flavour. */
export const services: Readonly<Record<ServiceKind | ServiceFlavour, ServiceRow>> = {
  postgres,
  postgis,
  pgvector,
  timescaledb,
  mysql,
  mariadb,
  mongodb,
  redis,
  valkey,
  memcached,
  rabbitmq,
  nats,
  kafka,
  elasticsearch,
  opensearch,
  meilisearch,
  minio,
  mailpit,
}

/** The row that serves a need. */
export function rowOf({ kind, flavour }: ServiceNeed): ServiceRow {
  return services[flavour ?? kind]
}
