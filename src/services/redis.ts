import { type Given, type Running, type ServiceRow, secretPath } from './row.ts'

/** Redis, official image: https://github.com/docker-library/docs/blob/master/redis/README.md */
export const redis: ServiceRow = keyValueStore('Redis', 'redis')

/** Valkey, which keeps to Redis' protocol and settings: https://hub.docker.com/r/valkey/valkey */
export const valkey: ServiceRow = keyValueStore('Valkey', 'valkey')

function keyValueStore(title: string, program: string): ServiceRow {
  return {
    title,
    verified: true,
    user: 999,
    group: 999,
    port: 6379,
    limits: { memory: 256, cpus: 0.5, pids: 50, files: 16_384 },
    floor: 16,
    startPeriod: 20,
    interval: 10,
    stopPeriod: 30,
    tmpfs: [],
    data: () => ['/data'],
    login: { password: 'optional' },
    scheme: 'redis',
    run: (given) => run(`${program}-server`, given),
    health: (given) => health(`${program}-cli`, given),
  }
}

// It takes no password from a file, but a file of settings. A third of its memory is left for what it copies while it saves.
function run(program: string, { name, withPassword, memory }: Given): Running {
  const settings = ['--appendonly', 'yes', '--maxmemory', `${Math.floor((memory * 2) / 3)}mb`]
  if (!withPassword) return { environment: {}, secrets: [], command: [program, '--protected-mode', 'no', ...settings] }
  const file = fileOf(name)
  return {
    environment: {},
    secrets: [{ name: file, content: ['requirepass ', { value: name }, '\n'] }],
    command: [program, secretPath(file), ...settings],
  }
}

function health(program: string, { name, withPassword }: Given): readonly string[] {
  const login = withPassword ? `REDISCLI_AUTH=$(sed -n 's/^requirepass //p' ${secretPath(fileOf(name))}) ` : ''
  return ['sh', '-c', `${login}${program} ping | grep -q PONG`]
}

function fileOf(name: string): string {
  return `${name}.conf`
}
