import { type Given, passwordFile, type Running, type ServiceRow, secretPath } from './row.ts'

/** MySQL, official image: https://github.com/docker-library/docs/blob/master/mysql/README.md */
export const mysql: ServiceRow = database('MySQL', 'MYSQL', 'mysqladmin', { verified: false, memory: 768, floor: 400 })

/** MariaDB, official image: https://github.com/docker-library/docs/blob/master/mariadb/README.md */
export const mariadb: ServiceRow = database('MariaDB', 'MARIADB', 'mariadb-admin', { verified: true, memory: 512, floor: 128 })

function database(
  title: string,
  prefix: string,
  admin: string,
  { verified, memory, floor }: { readonly verified: boolean; readonly memory: number; readonly floor: number },
): ServiceRow {
  return {
    title,
    verified,
    user: 999,
    group: 999,
    port: 3306,
    limits: { memory, cpus: 1, pids: 200, files: 16_384 },
    floor,
    startPeriod: 90,
    interval: 10,
    stopPeriod: 60,
    tmpfs: ['/run/mysqld'],
    data: () => ['/var/lib/mysql'],
    login: { password: 'required', user: 'app' },
    scheme: 'mysql',
    path: (name) => `/${name}`,
    run: (given) => run(prefix, given),
    // Over TCP: while the tables are made, it answers on its socket alone. A refused login counts as an answer.
    health: () => [admin, 'ping', '--host=127.0.0.1', '--silent'],
  }
}

// The administrator's own password is a secret of its own: one that the image makes up would be printed to the log.
function run(prefix: string, { name, database, user }: Given): Running {
  const password = passwordFile(name)
  const root = passwordFile(`${name}-root`)
  const login = user === 'root' ? {} : { [`${prefix}_USER`]: user, [`${prefix}_PASSWORD_FILE`]: secretPath(password.name) }
  return {
    environment: {
      [`${prefix}_DATABASE`]: database,
      ...login,
      [`${prefix}_ROOT_PASSWORD_FILE`]: secretPath(user === 'root' ? password.name : root.name),
    },
    secrets: user === 'root' ? [password] : [password, root],
  }
}
