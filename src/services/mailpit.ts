import { nobody, type ServiceRow } from './row.ts'

/** Mailpit, which takes every mail and sends none on: https://mailpit.axllent.org/docs/install/docker/ */
export const mailpit: ServiceRow = {
  title: 'Mailpit',
  verified: false,
  user: nobody,
  group: nobody,
  port: 1025,
  pages: 8025,
  limits: { memory: 128, cpus: 0.5, pids: 50, files: 4096 },
  floor: 32,
  startPeriod: 15,
  interval: 10,
  stopPeriod: 10,
  tmpfs: [],
  login: { password: 'none' },
  scheme: 'smtp',
  run: () => ({ environment: { MP_SMTP_AUTH_ACCEPT_ANY: '1', MP_SMTP_AUTH_ALLOW_INSECURE: '1' }, secrets: [] }),
  health: () => ['/mailpit', 'readyz'],
}
