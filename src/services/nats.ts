import { nobody, openFolder, type ServiceRow, secretPath } from './row.ts'

/** NATS with JetStream, official image on Alpine Linux, the one that holds a client: https://github.com/docker-library/docs/blob/master/nats/README.md */
export const nats: ServiceRow = {
  title: 'NATS',
  verified: false,
  user: nobody,
  group: nobody,
  port: 4222,
  limits: { memory: 256, cpus: 0.5, pids: 100, files: 16_384 },
  floor: 32,
  startPeriod: 15,
  interval: 10,
  stopPeriod: 30,
  tmpfs: [],
  data: () => [openFolder],
  login: { password: 'optional', user: 'app' },
  scheme: 'nats',
  run: ({ name, user, withPassword }) => {
    const file = `${name}.conf`
    const settings = ['--jetstream', '--store_dir', `${openFolder}/nats`, '--http_port', '8222']
    if (!withPassword) return { environment: {}, secrets: [], command: ['nats-server', ...settings] }
    return {
      environment: {},
      secrets: [{ name: file, content: [`authorization {\n  user: "${user}"\n  password: "`, { value: name }, '"\n}\n'] }],
      command: ['nats-server', '--config', secretPath(file), ...settings],
    }
  },
  health: () => ['wget', '--quiet', '--spider', 'http://127.0.0.1:8222/healthz'],
}
