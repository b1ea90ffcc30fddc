/** Why something is written the way it is. One record serves the comment in the file and every explanation. */
export interface Rule {
  readonly id: RuleId
  readonly title: string
  /** Row numbers of docs/practices.md. */
  readonly practices: readonly number[]
  /** The one line that stands above the lines it explains. */
  readonly comment: string
}

export type RuleId =
  | 'arbitrary-user'
  | 'build-offline'
  | 'bytecode-at-build'
  | 'compiler-in-build-stage'
  | 'dependencies-first'
  | 'exec-health-check'
  | 'expose-served-port'
  | 'explicit-copy'
  | 'install-from-lockfile'
  | 'install-pinned'
  | 'install-scripts-off'
  | 'install-unlocked'
  | 'install-server'
  | 'modules-verified'
  | 'no-setuid'
  | 'oci-labels'
  | 'package-manager-pinned'
  | 'probe-without-shell'
  | 'production-mode'
  | 'program-is-pid-1'
  | 'read-only-application'
  | 'reproducible-build'
  | 'runtime-libraries'
  | 'source-last'
  | 'static-files'
  | 'writable-folders'
