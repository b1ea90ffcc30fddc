import { nobody, openFolder, passwordFile, type ServiceRow, secretPath } from './row.ts'

/** MinIO, which speaks S3: https://github.com/minio/minio/blob/master/docs/docker/README.md. Buckets are the program's to make. */
export const minio: ServiceRow = {
  title: 'MinIO',
  verified: false,
  user: nobody,
  group: nobody,
  port: 9000,
  pages: 9001,
  limits: { memory: 512, cpus: 1, pids: 200, files: 16_384 },
  floor: 256,
  startPeriod: 30,
  interval: 10,
  stopPeriod: 30,
  // The image would make a volume without a name there.
  tmpfs: ['/data'],
  data: () => [openFolder],
  login: { password: 'required', user: 'app' },
  scheme: 'http',
  run: ({ name, user }) => {
    const password = passwordFile(name)
    return {
      environment: { MC_CONFIG_DIR: '/tmp/mc', MINIO_ROOT_USER: user, MINIO_ROOT_PASSWORD_FILE: secretPath(password.name) },
      secrets: [password],
      command: ['server', `${openFolder}/minio`, '--console-address', ':9001'],
    }
  },
  health: () => ['mc', 'ready', 'local'],
}
