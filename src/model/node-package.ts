/** An npm package whose install script must run. */
export interface ScriptedPackage {
  readonly name: string
  /** Only needed to build. */
  readonly dev: boolean
  /** It may have to be compiled. */
  readonly compiles: boolean
}

/** A command with what it needs. */
export interface NodeSetup {
  readonly argv: readonly string[]
  /** Files and folders that it reads. */
  readonly reads: readonly string[]
  /** Throwaway values without which it refuses. */
  readonly env?: Readonly<Record<string, string>>
}

/** How a package.json is installed and built. */
export interface NodePackage {
  readonly lockfile: 'package-lock.json' | 'npm-shrinkwrap.json' | 'pnpm-lock.yaml' | 'yarn.lock' | undefined
  /** What installs its packages; npm comes with Node.js. */
  readonly manager: { readonly name: 'npm' } | { readonly name: 'pnpm' | 'yarn'; readonly version: string }
  /** Files that the install step reads beside package.json and the lockfile, those of folders that are packages included. */
  readonly manifests: readonly string[]
  /** Folders that are packages of a workspace with this one, installed with it. */
  readonly members: readonly string[]
  /** The one of them that the program is: of the others nothing but what it needs is installed to run it. */
  readonly program?: { readonly folder: string; readonly names: readonly string[] }
  readonly scripted: readonly ScriptedPackage[]
  /** It, or one of the others, has a script of its own that an install runs. */
  readonly ownScripts?: true
  /** The lockfile holds all that package.json asks for. */
  readonly exact: boolean
  /** What npm did with peer dependencies when it wrote the lockfile: installed, left out, or installed although they clash. */
  readonly peers: 'installed' | 'left' | 'forced'
  /** An installed node-gyp is too old for the Python of the build image. */
  readonly oldGyp: boolean
  /** What changes installed packages, after they are there. */
  readonly setup: readonly NodeSetup[]
  readonly build: {
    readonly commands: readonly (readonly string[])[]
    readonly environment: Readonly<Record<string, string>>
    readonly fetches: boolean
  }
  /** Folders at the root that the build makes, and those of them that it may not make. */
  readonly outputs: readonly string[]
  readonly guessed: readonly string[]
  /** Folders at the root and those that a setup reads, to tell them from files. */
  readonly folders: readonly string[]
  /** Entries at the root that the build reads. */
  readonly buildPaths: readonly string[]
}
