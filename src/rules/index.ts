import type { Rule, RuleId } from '../model/rule.ts'
import { arbitraryUser } from './arbitrary-user.ts'
import { buildOffline } from './build-offline.ts'
import { bytecodeAtBuild } from './bytecode-at-build.ts'
import { compilerInBuildStage } from './compiler-in-build-stage.ts'
import { dependenciesFirst } from './dependencies-first.ts'
import { execHealthCheck } from './exec-health-check.ts'
import { explicitCopy } from './explicit-copy.ts'
import { exposeServedPort } from './expose-served-port.ts'
import { installFromLockfile } from './install-from-lockfile.ts'
import { installPinned } from './install-pinned.ts'
import { installScriptsOff } from './install-scripts-off.ts'
import { installServer } from './install-server.ts'
import { installUnlocked } from './install-unlocked.ts'
import { modulesVerified } from './modules-verified.ts'
import { noSetuid } from './no-setuid.ts'
import { ociLabels } from './oci-labels.ts'
import { packageManagerPinned } from './package-manager-pinned.ts'
import { probeWithoutShell } from './probe-without-shell.ts'
import { productionMode } from './production-mode.ts'
import { programIsPid1 } from './program-is-pid-1.ts'
import { readOnlyApplication } from './read-only-application.ts'
import { reproducibleBuild } from './reproducible-build.ts'
import { runtimeLibraries } from './runtime-libraries.ts'
import { sourceLast } from './source-last.ts'
import { staticFiles } from './static-files.ts'
import { writableFolders } from './writable-folders.ts'

/** Every rule by its id. */
export const rules: Readonly<Record<RuleId, Rule>> = {
  'arbitrary-user': arbitraryUser,
  'build-offline': buildOffline,
  'bytecode-at-build': bytecodeAtBuild,
  'compiler-in-build-stage': compilerInBuildStage,
  'dependencies-first': dependenciesFirst,
  'exec-health-check': execHealthCheck,
  'explicit-copy': explicitCopy,
  'expose-served-port': exposeServedPort,
  'install-from-lockfile': installFromLockfile,
  'install-pinned': installPinned,
  'install-scripts-off': installScriptsOff,
  'install-server': installServer,
  'install-unlocked': installUnlocked,
  'modules-verified': modulesVerified,
  'no-setuid': noSetuid,
  'oci-labels': ociLabels,
  'package-manager-pinned': packageManagerPinned,
  'probe-without-shell': probeWithoutShell,
  'production-mode': productionMode,
  'program-is-pid-1': programIsPid1,
  'read-only-application': readOnlyApplication,
  'reproducible-build': reproducibleBuild,
  'runtime-libraries': runtimeLibraries,
  'source-last': sourceLast,
  'static-files': staticFiles,
  'writable-folders': writableFolders,
}
