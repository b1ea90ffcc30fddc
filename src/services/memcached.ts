import type { ServiceRow } from './row.ts'

const ask = 'exec 3<>/dev/tcp/127.0.0.1/11211 && printf "version\\r\\n" >&3 && read -r -t 2 line <&3 && [[ $line == VERSION* ]]'

/** Memcached, official image: https://github.com/docker-library/docs/blob/master/memcached/README.md. Few clients can log in: its network is its guard. */
export const memcached: ServiceRow = {
  title: 'Memcached',
  verified: true,
  user: 11_211,
  group: 11_211,
  port: 11_211,
  limits: { memory: 128, cpus: 0.5, pids: 50, files: 4096 },
  floor: 16,
  startPeriod: 10,
  interval: 10,
  stopPeriod: 10,
  tmpfs: [],
  login: { password: 'none' },
  scheme: 'memcached',
  run: ({ memory }) => ({
    environment: {},
    secrets: [],
    command: ['memcached', `--memory-limit=${Math.floor(memory / 2)}`, '--conn-limit=1024'],
  }),
  health: () => ['bash', '-c', ask],
}
