import type { Rule, RuleId } from '../model/rule.ts'
import { allowList } from './allow-list.ts'
import { arbitraryUser } from './arbitrary-user.ts'
import { boundedLogs } from './bounded-logs.ts'
import { buildOffline } from './build-offline.ts'
import { buildStage } from './build-stage.ts'
import { builtAssets } from './built-assets.ts'
import { builtHere } from './built-here.ts'
import { bytecodeAtBuild } from './bytecode-at-build.ts'
import { compilerInBuildStage } from './compiler-in-build-stage.ts'
import { dataOutlives } from './data-outlives.ts'
import { dependenciesFirst } from './dependencies-first.ts'
import { devDebugger } from './dev-debugger.ts'
import { devHealth } from './dev-health.ts'
import { devOnly } from './dev-only.ts'
import { devProgram } from './dev-program.ts'
import { devSource } from './dev-source.ts'
import { devStage } from './dev-stage.ts'
import { devVariables } from './dev-variables.ts'
import { devWatch } from './dev-watch.ts'
import { embeddedByName } from './embedded-by-name.ts'
import { exampleValues } from './example-values.ts'
import { execHealthCheck } from './exec-health-check.ts'
import { explicitCopy } from './explicit-copy.ts'
import { exposeServedPort } from './expose-served-port.ts'
import { healthInCompose } from './health-in-compose.ts'
import { hostInterfaceOnly } from './host-interface-only.ts'
import { initProcess } from './init-process.ts'
import { initScripts } from './init-scripts.ts'
import { installFromLockfile } from './install-from-lockfile.ts'
import { installPinned } from './install-pinned.ts'
import { installScriptsOff } from './install-scripts-off.ts'
import { installServer } from './install-server.ts'
import { installUndeclared } from './install-undeclared.ts'
import { installUnlocked } from './install-unlocked.ts'
import { keptEdits } from './kept-edits.ts'
import { limits } from './limits.ts'
import { loadsSecrets } from './loads-secrets.ts'
import { migrateFirst } from './migrate-first.ts'
import { minimalBase } from './minimal-base.ts'
import { modulesVerified } from './modules-verified.ts'
import { neverSent } from './never-sent.ts'
import { noCapabilities } from './no-capabilities.ts'
import { noNewPrivileges } from './no-new-privileges.ts'
import { noSetuid } from './no-setuid.ts'
import { ociLabels } from './oci-labels.ts'
import { onRequest } from './on-request.ts'
import { oneImage } from './one-image.ts'
import { onlyRuns } from './only-runs.ts'
import { ownNetwork } from './own-network.ts'
import { ownVariables } from './own-variables.ts'
import { packageManagerPinned } from './package-manager-pinned.ts'
import { pageHealth } from './page-health.ts'
import { presetBlock } from './preset-block.ts'
import { probeWithoutShell } from './probe-without-shell.ts'
import { productionMode } from './production-mode.ts'
import { programIsPid1 } from './program-is-pid-1.ts'
import { projectName } from './project-name.ts'
import { readOnlyApplication } from './read-only-application.ts'
import { readOnlyRoot } from './read-only-root.ts'
import { reproducibleBuild } from './reproducible-build.ts'
import { restartsEnd } from './restarts-end.ts'
import { runsOnce } from './runs-once.ts'
import { runtimeLibraries } from './runtime-libraries.ts'
import { secretsInFiles } from './secrets-in-files.ts'
import { secretsMade } from './secrets-made.ts'
import { servicesBeside } from './services-beside.ts'
import { sharedData } from './shared-data.ts'
import { siteFiles } from './site-files.ts'
import { siteSettings } from './site-settings.ts'
import { sourceLast } from './source-last.ts'
import { staticFiles } from './static-files.ts'
import { stillWorks } from './still-works.ts'
import { temporaryFolders } from './temporary-folders.ts'
import { timeToStop } from './time-to-stop.ts'
import { trustedAuthority } from './trusted-authority.ts'
import { variablesByName } from './variables-by-name.ts'
import { waitsUntilHealthy } from './waits-until-healthy.ts'
import { writableFolders } from './writable-folders.ts'

/** Every rule by its id. */
export const rules: Readonly<Record<RuleId, Rule>> = {
  'allow-list': allowList,
  'arbitrary-user': arbitraryUser,
  'bounded-logs': boundedLogs,
  'build-offline': buildOffline,
  'build-stage': buildStage,
  'built-assets': builtAssets,
  'built-here': builtHere,
  'bytecode-at-build': bytecodeAtBuild,
  'compiler-in-build-stage': compilerInBuildStage,
  'data-outlives': dataOutlives,
  'dependencies-first': dependenciesFirst,
  'dev-debugger': devDebugger,
  'dev-health': devHealth,
  'dev-only': devOnly,
  'dev-program': devProgram,
  'dev-source': devSource,
  'dev-stage': devStage,
  'dev-variables': devVariables,
  'dev-watch': devWatch,
  'embedded-by-name': embeddedByName,
  'example-values': exampleValues,
  'exec-health-check': execHealthCheck,
  'explicit-copy': explicitCopy,
  'expose-served-port': exposeServedPort,
  'health-in-compose': healthInCompose,
  'host-interface-only': hostInterfaceOnly,
  'init-process': initProcess,
  'init-scripts': initScripts,
  'install-from-lockfile': installFromLockfile,
  'install-pinned': installPinned,
  'install-scripts-off': installScriptsOff,
  'install-server': installServer,
  'install-undeclared': installUndeclared,
  'install-unlocked': installUnlocked,
  'kept-edits': keptEdits,
  limits,
  'loads-secrets': loadsSecrets,
  'migrate-first': migrateFirst,
  'minimal-base': minimalBase,
  'modules-verified': modulesVerified,
  'never-sent': neverSent,
  'no-capabilities': noCapabilities,
  'no-new-privileges': noNewPrivileges,
  'no-setuid': noSetuid,
  'oci-labels': ociLabels,
  'one-image': oneImage,
  'on-request': onRequest,
  'still-works': stillWorks,
  'only-runs': onlyRuns,
  'runs-once': runsOnce,
  'own-network': ownNetwork,
  'own-variables': ownVariables,
  'package-manager-pinned': packageManagerPinned,
  'page-health': pageHealth,
  'preset-block': presetBlock,
  'probe-without-shell': probeWithoutShell,
  'production-mode': productionMode,
  'program-is-pid-1': programIsPid1,
  'project-name': projectName,
  'read-only-application': readOnlyApplication,
  'read-only-root': readOnlyRoot,
  'reproducible-build': reproducibleBuild,
  'restarts-end': restartsEnd,
  'runtime-libraries': runtimeLibraries,
  'secrets-in-files': secretsInFiles,
  'secrets-made': secretsMade,
  'services-beside': servicesBeside,
  'shared-data': sharedData,
  'site-files': siteFiles,
  'site-settings': siteSettings,
  'source-last': sourceLast,
  'static-files': staticFiles,
  'temporary-folders': temporaryFolders,
  'time-to-stop': timeToStop,
  'variables-by-name': variablesByName,
  'waits-until-healthy': waitsUntilHealthy,
  'trusted-authority': trustedAuthority,
  'writable-folders': writableFolders,
}
