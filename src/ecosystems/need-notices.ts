import type { Notice } from '../model/app.ts'
import type { Evidence } from '../model/evidence.ts'
import type { ServiceKind } from '../model/service.ts'
import { type Address, addressOf, isLocal } from './addresses.ts'

/** Names for people, in the order in which services are listed. */
export const titles: Readonly<Record<ServiceKind, string>> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  mongodb: 'MongoDB',
  redis: 'Redis',
  valkey: 'Valkey',
  memcached: 'Memcached',
  rabbitmq: 'RabbitMQ',
  nats: 'NATS',
  kafka: 'Kafka',
  elasticsearch: 'Elasticsearch',
  opensearch: 'OpenSearch',
  meilisearch: 'Meilisearch',
  minio: 'an S3 store',
  mailpit: 'a mail server',
}

/** For a service that is configured, and that no variable and no name leads to. */
export function unreachable(kind: ServiceKind, clients: readonly Evidence[], address: Address | undefined): Notice {
  const local = address !== undefined && isLocal(addressOf(address.value)?.host)
  return {
    code: 'service-unreachable',
    text: `The program talks to ${titles[kind]}${local ? ' at localhost, which in its container is itself' : ', and no variable tells it where'}: the service is left out.`,
    because: [...(address === undefined ? [] : [shown(address)]), ...clients].slice(0, 2),
    fix: 'Read its address from the environment, such as DATABASE_URL or REDIS_URL, then run the command again.',
  }
}

/** For a service whose password cannot be made up, because the program knows it already. */
export function fixedLogin(kind: ServiceKind, because: Evidence | undefined): Notice {
  return {
    code: 'service-login-in-code',
    text: `The password for ${titles[kind]} stands in the code, so that none can be made for it: the service is left out.`,
    because: because === undefined ? [] : [{ ...because, saw: titles[kind] }],
    fix: 'Read its address from the environment, such as DATABASE_URL, then run the command again.',
  }
}

/** An address may hold a password. */
function shown({ value, because }: Address): Evidence {
  return { ...because, saw: value.replace(/\/\/[^@/]*@/, '//').replace(/\?.*/, '') }
}
