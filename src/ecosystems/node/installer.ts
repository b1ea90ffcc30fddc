import type { NodePackage } from '../../model/node-package.ts'
import type { Command } from '../../model/plan.ts'

/** How the packages of a project are installed: what to call in the folder of package.json. */
interface Installer {
  /** What brings the package manager itself, where the image has none. */
  readonly itself: readonly Command[]
  /** What its commands, those of the build among them, need to know. */
  readonly settings?: Readonly<Record<string, string>>
  /** Installs all, or what the program needs at run time. Install scripts stay off. */
  install(production: boolean): readonly Command[]
  /** Runs the install scripts of the packages whose names follow. */
  readonly rebuild: readonly string[]
  /** Takes away what only development needs. */
  readonly prune: Command
  /** Folders that keep what was downloaded from one build to the next. */
  readonly caches: readonly string[]
}

const npmCache = '/root/.npm'
// From this release on the images bring npm alone.
const firstWithoutYarn = 25

const peerFlags: Readonly<Record<NodePackage['peers'], readonly string[]>> = {
  installed: [],
  left: ['--legacy-peer-deps'],
  forced: ['--force'],
}

/** The commands of the project's package manager, in an image of this release of Node.js. */
export function installerOf(app: NodePackage, release: string): Installer {
  const { manager } = app
  switch (manager.name) {
    case 'npm':
      return npm(app)
    case 'pnpm':
      return pnpm(app, manager.version)
    case 'yarn':
      if (!manager.version.startsWith('1.')) return berry(app, manager.version)
      return yarn(app, Number(release) < firstWithoutYarn ? [] : [byNpm(`yarn@${manager.version}`)])
  }
}

function npm(app: NodePackage): Installer {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', ...peerFlags[app.peers]]
  // What stands in the package.json at the root is meant for all.
  const only = app.program === undefined ? [] : [`--workspace=${app.program.folder}`, '--include-workspace-root']
  const verb = app.exact ? ['ci'] : app.lockfile === undefined ? ['install', '--no-package-lock'] : ['install']
  return {
    itself: [],
    install: (production) => [{ argv: ['npm', ...verb, ...(production ? ['--omit=dev', ...only] : []), ...flags] }],
    rebuild: ['npm', 'rebuild'],
    prune: { argv: ['npm', 'prune', '--omit=dev', ...flags] },
    caches: [npmCache],
  }
}

/** https://pnpm.io/cli/install */
function pnpm({ exact, members }: NodePackage, version: string): Installer {
  // Of a workspace all is laid out as npm does it: below node_modules at the root, which is what the image takes.
  const flags = [exact ? '--frozen-lockfile' : '--no-frozen-lockfile', ...(members.length > 0 ? ['--config.node-linker=hoisted'] : [])]
  return {
    itself: [byNpm(`pnpm@${version}`)],
    // From release 11 on it installs anew before each script where it takes what is there for out of date.
    ...(Number.parseInt(version, 10) < 11 ? {} : { settings: { PNPM_CONFIG_VERIFY_DEPS_BEFORE_RUN: 'false' } }),
    // In the log of a build nothing is drawn anew.
    install: (production) => [
      { argv: ['pnpm', '--reporter=append-only', 'install', ...flags, ...(production ? ['--prod'] : []), '--ignore-scripts'] },
    ],
    rebuild: ['pnpm', ...(members.length > 0 ? ['--recursive'] : []), 'rebuild'],
    // Without a terminal to ask on it removes nothing, unless it is told that nobody is there.
    prune: { argv: ['pnpm', 'prune', '--prod', '--ignore-scripts'], env: { CI: 'true' } },
    caches: [npmCache, '/root/.local/share/pnpm/store'],
  }
}

/** https://classic.yarnpkg.com/en/docs/cli/install. What packages say of releases of Node.js is advice, as it is for npm. */
function yarn({ exact }: NodePackage, itself: readonly Command[]): Installer {
  const install = [
    'yarn',
    'install',
    exact ? '--frozen-lockfile' : '--pure-lockfile',
    '--ignore-scripts',
    '--ignore-engines',
    '--non-interactive',
  ]
  return {
    itself,
    install: (production) => [{ argv: [...install, ...(production ? ['--production'] : [])] }],
    rebuild: ['npm', 'rebuild'],
    prune: pruneByNpm,
    caches: [...(itself.length > 0 ? [npmCache] : []), '/usr/local/share/.cache/yarn'],
  }
}

/** Yarn 3 and later: https://yarnpkg.com/cli/install, https://yarnpkg.com/configuration/yarnrc (its variables). */
function berry({ exact, program, ownScripts }: NodePackage, version: string): Installer {
  // The setting keeps the scripts of other packages back, this those of its own.
  const install: Command = { argv: ['yarn', 'install', exact ? '--immutable' : '--no-immutable', '--mode=skip-build'] }
  // Release 3 has this in a plugin, and it knows no mode.
  const focus: Command = { argv: ['yarn', 'workspaces', 'focus', ...(program?.names ?? ['--all']), '--production'] }
  return {
    // In the place of the Yarn 1 that images bring.
    itself: [byNpm(`@yarnpkg/cli-dist@${version}`, '--force')],
    settings: {
      // In the place of the file that a project brings: told to pay it no attention, Yarn forgets that in scripts which call it again.
      YARN_YARN_PATH: '/usr/local/lib/node_modules/@yarnpkg/cli-dist/bin/yarn.js',
      YARN_NODE_LINKER: 'node-modules',
      YARN_ENABLE_GLOBAL_CACHE: 'true',
      YARN_ENABLE_SCRIPTS: 'false',
      YARN_ENABLE_TELEMETRY: 'false',
    },
    install: (production) => (!production ? [install] : version.startsWith('4.') && ownScripts !== true ? [focus] : [install, pruneByNpm]),
    rebuild: ['npm', 'rebuild'],
    prune: pruneByNpm,
    caches: [npmCache, '/root/.yarn/berry/cache'],
  }
}

/** Yarn runs the scripts of all packages or none, and would take patches back while it prunes; npm does both for whoever installed. */
const pruneByNpm: Command = {
  argv: ['npm', 'prune', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--legacy-peer-deps'],
}

function byNpm(tool: string, ...flags: readonly string[]): Command {
  return { argv: ['npm', 'install', '--global', '--ignore-scripts', '--no-audit', '--no-fund', ...flags, tool] }
}
