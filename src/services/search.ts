import { nobody, openFolder, type Running, type ServiceRow, secretPath } from './row.ts'

// Elasticsearch refuses a password from a file that others may read (it asks for mode 400 or 600), OpenSearch one from a file at all:
// both run without, and their network is their guard.

/** Elasticsearch, one node: https://www.elastic.co/docs/deploy-manage/deploy/self-managed/install-elasticsearch-docker-basic */
export const elasticsearch: ServiceRow = engine('Elasticsearch', '/usr/share/elasticsearch', 0, {
  'discovery.type': 'single-node',
  'xpack.security.enabled': 'false',
  ES_JAVA_OPTS: '-Xms512m -Xmx512m',
})

/** OpenSearch, one node: https://docs.opensearch.org/latest/install-and-configure/install-opensearch/docker/ */
export const opensearch: ServiceRow = engine('OpenSearch', '/usr/share/opensearch', 1000, {
  'discovery.type': 'single-node',
  DISABLE_INSTALL_DEMO_CONFIG: 'true',
  DISABLE_SECURITY_PLUGIN: 'true',
  OPENSEARCH_JAVA_OPTS: '-Xms512m -Xmx512m',
})

function engine(title: string, home: string, group: number, environment: Running['environment']): ServiceRow {
  return {
    title,
    verified: false,
    user: 1000,
    group,
    port: 9200,
    limits: { memory: 1280, cpus: 1, pids: 512, files: 65_536 },
    floor: 1024,
    startPeriod: 120,
    interval: 15,
    stopPeriod: 60,
    tmpfs: [`${home}/logs`],
    // It makes a key store among its settings when it starts.
    data: () => [`${home}/data`, `${home}/config`],
    login: { password: 'none' },
    scheme: 'http',
    run: () => ({ environment, secrets: [] }),
    health: () => ['curl', '--fail', '--silent', '--output', '/dev/null', 'http://127.0.0.1:9200/_cluster/health?timeout=3s'],
  }
}

/** Meilisearch: https://www.meilisearch.com/docs/learn/self_hosted/configure_meilisearch_at_launch */
export const meilisearch: ServiceRow = {
  title: 'Meilisearch',
  verified: false,
  user: nobody,
  group: nobody,
  port: 7700,
  limits: { memory: 512, cpus: 1, pids: 100, files: 16_384 },
  floor: 128,
  startPeriod: 30,
  interval: 10,
  stopPeriod: 30,
  tmpfs: [],
  data: () => [openFolder],
  login: { password: 'optional' },
  scheme: 'http',
  run: ({ name, withPassword }) => {
    const file = `${name}.toml`
    const folders = {
      MEILI_DB_PATH: `${openFolder}/data`,
      MEILI_DUMP_DIR: `${openFolder}/dumps`,
      MEILI_SNAPSHOT_DIR: `${openFolder}/snapshots`,
      MEILI_NO_ANALYTICS: 'true',
    }
    if (!withPassword) return { environment: { ...folders, MEILI_ENV: 'development' }, secrets: [] }
    return {
      environment: { ...folders, MEILI_ENV: 'production', MEILI_CONFIG_FILE_PATH: secretPath(file) },
      secrets: [{ name: file, content: ['master_key = "', { value: name }, '"\n'] }],
    }
  },
  health: () => ['curl', '--fail', '--silent', '--output', '/dev/null', 'http://127.0.0.1:7700/health'],
}
