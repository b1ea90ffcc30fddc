import { passwordFile, type ServiceRow, secretPath } from './row.ts'

const key = '/run/postgresql/server.key'
const certificate = '/run/postgresql/server.crt'
/** Those who ask for encryption where nothing but the host is between them take any certificate: each start makes its own. */
const withCertificate = [
  `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj /CN=postgres -keyout ${key} -out ${certificate}`,
  `exec docker-entrypoint.sh postgres -c ssl=on -c ssl_cert_file=${certificate} -c ssl_key_file=${key}`,
].join(' && ')

/** PostgreSQL, official image: https://github.com/docker-library/docs/blob/master/postgres/README.md */
export const postgres: ServiceRow = {
  title: 'PostgreSQL',
  verified: true,
  user: 999,
  group: 999,
  port: 5432,
  limits: { memory: 512, cpus: 1, pids: 200, files: 8192 },
  floor: 64,
  startPeriod: 60,
  interval: 10,
  stopPeriod: 60,
  tmpfs: ['/run/postgresql'],
  // From 18 on the folder of the release lies below the volume.
  data: (release) => [Number.parseInt(release, 10) >= 18 ? '/var/lib/postgresql' : '/var/lib/postgresql/data'],
  login: { password: 'required', user: 'app' },
  scheme: 'postgres',
  path: (database) => `/${database}`,
  run: ({ name, database, user, encrypted }) => {
    const password = passwordFile(name)
    return {
      environment: { POSTGRES_DB: database, POSTGRES_USER: user, POSTGRES_PASSWORD_FILE: secretPath(password.name) },
      secrets: [password],
      ...(encrypted ? { command: ['sh', '-c', withCertificate] } : {}),
    }
  },
  // Over TCP: while the database is made, it answers on its socket alone.
  health: ({ database, user }) => ['pg_isready', '--quiet', '--host', '127.0.0.1', '--username', user, '--dbname', database],
}

export const postgis: ServiceRow = { ...postgres, title: 'PostgreSQL with PostGIS', verified: false }
export const pgvector: ServiceRow = { ...postgres, title: 'PostgreSQL with pgvector', verified: false }
/** Built on Alpine Linux, where the user is another one. */
export const timescaledb: ServiceRow = { ...postgres, title: 'PostgreSQL with TimescaleDB', verified: false, user: 70, group: 70 }
