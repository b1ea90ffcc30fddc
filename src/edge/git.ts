import { execa } from 'execa'

/** Whether git sees changes in the folder that are not committed. False where there is no git or no repository. */
export async function isDirty(folder: string): Promise<boolean> {
  // A repository's own settings may name a program that tells git what changed: not for us.
  const safe = ['--no-optional-locks', '-c', 'core.fsmonitor=false']
  const status = ['status', '--porcelain', '--untracked-files=no', '--ignore-submodules=all', '--', '.']
  const { failed, stdout } = await execa('git', [...safe, ...status], { cwd: folder, reject: false, stdin: 'ignore', timeout: 5000 })
  return !failed && stdout !== ''
}
