import type { NodePackage } from '../../model/app.ts'
import type { Command } from '../../model/plan.ts'

/** How the packages of a project are installed: what to call in the folder of package.json. */
interface Installer {
  /** What brings the package manager itself, where the image has none. */
  readonly itself: readonly Command[]
  /** Installs all, or what the program needs at run time. Install scripts stay off. */
  install(production: boolean): readonly string[]
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
      return yarn(app, Number(release) < firstWithoutYarn ? [] : [byNpm(`yarn@${manager.version}`)])
  }
}

function npm(app: NodePackage): Installer {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', ...peerFlags[app.peers]]
  const verb = app.exact ? ['ci'] : app.lockfile === undefined ? ['install', '--no-package-lock'] : ['install']
  return {
    itself: [],
    install: (production) => ['npm', ...verb, ...(production ? ['--omit=dev'] : []), ...flags],
    rebuild: ['npm', 'rebuild'],
    prune: { argv: ['npm', 'prune', '--omit=dev', ...flags] },
    caches: [npmCache],
  }
}

/** https://pnpm.io/cli/install */
function pnpm({ exact }: NodePackage, version: string): Installer {
  const frozen = exact ? '--frozen-lockfile' : '--no-frozen-lockfile'
  return {
    itself: [byNpm(`pnpm@${version}`)],
    // In the log of a build nothing is drawn anew.
    install: (production) => ['pnpm', '--reporter=append-only', 'install', frozen, ...(production ? ['--prod'] : []), '--ignore-scripts'],
    rebuild: ['pnpm', 'rebuild'],
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
    install: (production) => [...install, ...(production ? ['--production'] : [])],
    // Yarn runs the scripts of all packages or none, and would take patches back while it prunes; npm does both for whoever installed.
    rebuild: ['npm', 'rebuild'],
    prune: {
      argv: ['npm', 'prune', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--legacy-peer-deps'],
    },
    caches: [...(itself.length > 0 ? [npmCache] : []), '/usr/local/share/.cache/yarn'],
  }
}

function byNpm(tool: string): Command {
  return { argv: ['npm', 'install', '--global', '--ignore-scripts', '--no-audit', '--no-fund', tool] }
}
