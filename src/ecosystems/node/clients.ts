import type { ServiceKind } from '../../model/service.ts'

/** Packages that talk to a service as soon as code uses them. */
export const clients: Readonly<Record<string, ServiceKind>> = {
  pg: 'postgres',
  'pg-promise': 'postgres',
  'pg-pool': 'postgres',
  'pg-boss': 'postgres',
  postgres: 'postgres',
  '@prisma/adapter-pg': 'postgres',
  '@fastify/postgres': 'postgres',
  '@payloadcms/db-postgres': 'postgres',
  slonik: 'postgres',
  mysql: 'mysql',
  mysql2: 'mysql',
  '@fastify/mysql': 'mysql',
  mariadb: 'mariadb',
  mongodb: 'mongodb',
  mongoose: 'mongodb',
  monk: 'mongodb',
  '@nestjs/mongoose': 'mongodb',
  '@fastify/mongodb': 'mongodb',
  'fastify-mongodb': 'mongodb',
  'connect-mongo': 'mongodb',
  agenda: 'mongodb',
  '@payloadcms/db-mongodb': 'mongodb',
  'parse-server': 'mongodb',
  redis: 'redis',
  ioredis: 'redis',
  bull: 'redis',
  bullmq: 'redis',
  '@nestjs/bull': 'redis',
  '@nestjs/bullmq': 'redis',
  '@fastify/redis': 'redis',
  'fastify-redis': 'redis',
  '@adonisjs/redis': 'redis',
  '@keyv/redis': 'redis',
  'bee-queue': 'redis',
  iovalkey: 'valkey',
  memcached: 'memcached',
  memjs: 'memcached',
  amqplib: 'rabbitmq',
  'amqp-connection-manager': 'rabbitmq',
  rhea: 'rabbitmq',
  nats: 'nats',
  '@nats-io/transport-node': 'nats',
  kafkajs: 'kafka',
  'node-rdkafka': 'kafka',
  '@confluentinc/kafka-javascript': 'kafka',
  '@platformatic/kafka': 'kafka',
  '@elastic/elasticsearch': 'elasticsearch',
  '@opensearch-project/opensearch': 'opensearch',
  meilisearch: 'meilisearch',
  minio: 'minio',
  nodemailer: 'mailpit',
  '@nestjs-modules/mailer': 'mailpit',
}
/** Speaks to Amazon's store, or to one that an endpoint names. */
export const s3 = '@aws-sdk/client-s3'

/** Drivers that a mapper loads by the name of an engine. */
export const drivers: Readonly<Record<string, ServiceKind | 'sqlite'>> = {
  pg: 'postgres',
  'pg-native': 'postgres',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mariadb',
  mongodb: 'mongodb',
  sqlite3: 'sqlite',
  'better-sqlite3': 'sqlite',
  'sql.js': 'sqlite',
  '@libsql/client': 'sqlite',
  libsql: 'sqlite',
  sqlite: 'sqlite',
  '@louislam/sqlite3': 'sqlite',
  '@journeyapps/sqlcipher': 'sqlite',
}
/** Libraries that reach a database through a driver. */
export const mappers =
  /^(?:typeorm|@nestjs\/typeorm|sequelize|@nestjs\/sequelize|sequelize-typescript|knex|objection|bookshelf|@mikro-orm\/core|drizzle-orm|kysely|@feathersjs\/knex|@adonisjs\/lucid)$/

/** Names of engines in settings. */
export const engines: Readonly<Record<string, ServiceKind | 'sqlite'>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  pg: 'postgres',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mariadb',
  mongodb: 'mongodb',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  'better-sqlite3': 'sqlite',
}
