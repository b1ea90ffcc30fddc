import type { App } from './app.ts'
import type { Evidence } from './evidence.ts'
import type { OptionKey } from './options.ts'

/** Why something is written the way it is. One record serves the comment in the file and every explanation. */
export interface Rule {
  readonly id: RuleId
  readonly title: string
  /** Row numbers of docs/practices.md; none where no practice asks for it. */
  readonly practices: readonly number[]
  /** The one line that stands above the lines it explains, where one does. */
  readonly comment?: string
  /** What happens without the line. */
  readonly without: string
  /** Options that its values come from. */
  readonly options: readonly OptionKey[]
  /** What else shows the project to need it. */
  readonly seen?: (app: App) => readonly Evidence[]
  /** How to change it, beside its options and an edit. */
  readonly change?: string
}

export type RuleId =
  | 'allow-list'
  | 'arbitrary-user'
  | 'bounded-logs'
  | 'build-offline'
  | 'build-stage'
  | 'built-assets'
  | 'built-here'
  | 'bytecode-at-build'
  | 'compiler-in-build-stage'
  | 'data-outlives'
  | 'dependencies-first'
  | 'dev-debugger'
  | 'dev-health'
  | 'dev-only'
  | 'dev-program'
  | 'dev-source'
  | 'dev-stage'
  | 'dev-variables'
  | 'dev-watch'
  | 'embedded-by-name'
  | 'example-values'
  | 'exec-health-check'
  | 'explicit-copy'
  | 'expose-served-port'
  | 'health-in-compose'
  | 'host-interface-only'
  | 'init-process'
  | 'init-scripts'
  | 'install-from-lockfile'
  | 'install-pinned'
  | 'install-scripts-off'
  | 'install-server'
  | 'install-undeclared'
  | 'install-unlocked'
  | 'kept-edits'
  | 'limits'
  | 'loads-secrets'
  | 'migrate-first'
  | 'minimal-base'
  | 'modules-verified'
  | 'never-sent'
  | 'no-capabilities'
  | 'no-new-privileges'
  | 'no-setuid'
  | 'oci-labels'
  | 'on-request'
  | 'one-image'
  | 'only-runs'
  | 'own-network'
  | 'own-variables'
  | 'package-manager-pinned'
  | 'page-health'
  | 'preset-block'
  | 'probe-without-shell'
  | 'production-mode'
  | 'program-is-pid-1'
  | 'project-name'
  | 'read-only-application'
  | 'read-only-root'
  | 'reproducible-build'
  | 'restarts-end'
  | 'runs-once'
  | 'runtime-libraries'
  | 'secrets-in-files'
  | 'secrets-made'
  | 'services-beside'
  | 'shared-data'
  | 'site-files'
  | 'site-settings'
  | 'source-last'
  | 'static-files'
  | 'still-works'
  | 'temporary-folders'
  | 'time-to-stop'
  | 'variables-by-name'
  | 'waits-until-healthy'
  | 'trusted-authority'
  | 'writable-folders'
