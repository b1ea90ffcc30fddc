import type { ServiceRow } from './row.ts'

/** Kafka, one node without ZooKeeper: https://github.com/apache/kafka/blob/trunk/docker/examples/README.md. Its network is its guard. */
export const kafka: ServiceRow = {
  title: 'Apache Kafka',
  verified: false,
  user: 1000,
  group: 1000,
  port: 9092,
  limits: { memory: 1024, cpus: 1, pids: 400, files: 65_536 },
  floor: 700,
  startPeriod: 90,
  interval: 15,
  stopPeriod: 60,
  // It writes its settings anew at each start; the last two are volumes of the image that nothing is put into.
  tmpfs: ['/opt/kafka/config', '/opt/kafka/logs', '/etc/kafka/secrets', '/mnt/shared/config'],
  data: () => ['/var/lib/kafka/data'],
  login: { password: 'none' },
  scheme: 'kafka',
  run: ({ name }) => ({
    environment: {
      KAFKA_HEAP_OPTS: '-Xms256m -Xmx512m',
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${name}:9092`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_LOG_DIRS: '/var/lib/kafka/data',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    },
    secrets: [],
  }),
  health: () => ['nc', '-z', '127.0.0.1', '9092'],
}
