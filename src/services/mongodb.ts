import { atLeast } from '../model/text.ts'
import { passwordFile, type ServiceRow, secretPath } from './row.ts'

/** MongoDB, official image: https://github.com/docker-library/docs/blob/master/mongo/README.md */
export const mongodb: ServiceRow = {
  title: 'MongoDB',
  verified: false,
  user: 999,
  group: 999,
  port: 27_017,
  limits: { memory: 768, cpus: 1, pids: 200, files: 64_000 },
  floor: 400,
  startPeriod: 60,
  interval: 15,
  stopPeriod: 60,
  // Nothing is kept there without sharding; the image would make a volume without a name.
  tmpfs: ['/data/configdb'],
  data: () => ['/data/db'],
  login: { password: 'required', user: 'app' },
  scheme: 'mongodb',
  path: (database) => `/${database}`,
  // The image makes its user there.
  query: 'authSource=admin',
  run: ({ name, user, database }) => {
    const password = passwordFile(name)
    return {
      environment: {
        // Its shell keeps a history.
        HOME: '/tmp',
        MONGO_INITDB_DATABASE: database,
        MONGO_INITDB_ROOT_USERNAME: user,
        MONGO_INITDB_ROOT_PASSWORD_FILE: secretPath(password.name),
      },
      secrets: [password],
      command: ['mongod', '--wiredTigerCacheSizeGB', '0.25'],
    }
  },
  // Not by 127.0.0.1: there it answers already while users are made.
  health: ({ release }) => {
    const shell = atLeast(release, '5') ? 'mongosh' : 'mongo'
    return ['sh', '-c', `${shell} --quiet --host "$HOSTNAME" --eval 'quit(db.runCommand({ ping: 1 }).ok ? 0 : 1)'`]
  },
}
