import { type ServiceRow, secretPath } from './row.ts'

/** RabbitMQ, official image: https://github.com/docker-library/docs/blob/master/rabbitmq/README.md */
export const rabbitmq: ServiceRow = {
  title: 'RabbitMQ',
  verified: true,
  user: 999,
  group: 999,
  port: 5672,
  limits: { memory: 512, cpus: 1, pids: 300, files: 16_384 },
  floor: 200,
  startPeriod: 90,
  interval: 30,
  stopPeriod: 60,
  tmpfs: [],
  data: () => ['/var/lib/rabbitmq'],
  login: { password: 'required', user: 'app' },
  scheme: 'amqp',
  // It refuses the variables for a login from a file; a file of settings it takes.
  run: ({ name, user }) => {
    const file = `${name}.conf`
    return {
      // Its data lies in a folder named after the node, whose name would be another one after each start.
      environment: { RABBITMQ_CONFIG_FILE: secretPath(file), RABBITMQ_NODENAME: 'rabbit@localhost' },
      secrets: [{ name: file, content: [`default_user = ${user}\ndefault_pass = `, { value: name }, '\n'] }],
    }
  },
  health: () => ['rabbitmq-diagnostics', '--quiet', 'check_port_connectivity'],
}
