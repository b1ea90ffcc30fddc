import { execFile } from 'node:child_process'

/** Files of the folder that git tracks although its own rules would leave them out. None where there is no git or no repository. */
export function keptThoughIgnored(folder: string): Promise<readonly string[]> {
  // A repository's own settings may name a program that tells git what changed: not for us. Rules of this machine's user do not count.
  const safe = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.excludesFile=/dev/null']
  const listing = ['ls-files', '-z', '--cached', '--ignored', '--exclude-per-directory=.gitignore', '--', '.']
  return new Promise((resolve) => {
    execFile('git', [...safe, ...listing], { cwd: folder, timeout: 5000, maxBuffer: 16 * 1024 * 1024 }, (error, stdout) =>
      resolve(error === null ? stdout.split('\0').filter((path) => path !== '') : []),
    )
  })
}
