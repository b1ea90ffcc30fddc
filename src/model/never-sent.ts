/** Never sent to the builder, wherever they lie (practices 10, 44). Patterns of ours, written as they are. */
export const neverSent: readonly string[] = [
  '**/.git',
  '**/.svn',
  '**/.hg',
  '**/.env',
  '**/.env.*',
  '**/.secrets',
  '**/*.pem',
  '**/*.key',
  '**/*.p12',
  '**/*.pfx',
  '**/id_rsa*',
  '**/id_ed25519*',
  '**/.aws',
  '**/.ssh',
  '**/.netrc',
  '**/.pypirc',
  '**/node_modules',
  '**/.venv',
  '**/venv',
  '**/__pycache__',
  '**/*.py[cod]',
  '**/.DS_Store',
  '**/*.log',
  '**/Dockerfile',
  '**/Dockerfile.*',
  '**/compose*.y*ml',
  '**/docker-compose*.y*ml',
  // Ours, of this project and of those below it: neither what is kept of presets nor a new lock changes an image.
  '**/.secure-docker',
  '**/secure-docker.lock',
  '**/secure-docker.toml',
]

const names = neverSent.map((pattern) => new RegExp(`^${pattern.slice(3).replaceAll('.', '\\.').replaceAll('*', '.*')}$`))

/** Whether a path, from the root, is among what is never sent. */
export function isNeverSent(path: string): boolean {
  return path.split('/').some((part) => names.some((name) => name.test(part)))
}
