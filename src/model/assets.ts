import type { Evidence } from './evidence.ts'
import type { NodePackage } from './node-package.ts'

/** A file or folder that something has to make first. */
export interface Lacking {
  /** From the root of the repository, without a slash at its end. */
  readonly path: string
  /** Without it the image cannot be built. */
  readonly needed: boolean
  /** The program reads it while it runs: its build does not. */
  readonly read?: boolean
  readonly because: Evidence
}

/** Files for browsers that a package.json of the repository makes, in a stage of their own. */
export interface Assets {
  readonly because: readonly Evidence[]
  /** Of its package.json, `.` for the root. */
  readonly folder: string
  /** Of Node.js. */
  readonly release: string
  readonly package: NodePackage
  /** Entries outside of that folder that its build reads; folders end in a slash. */
  readonly beside: readonly string[]
  /** Folders that it makes, and where the build of the program looks for them (or the program, where it reads them while it runs), both from the root of the repository. */
  readonly made: readonly { readonly from: string; readonly to: string; readonly read?: boolean }[]
  /** The program reads nothing of its folder but what it makes. */
  readonly apart: boolean
  /** Its build may write among the sources of the program: they are taken from its stage. */
  readonly among: boolean
}

/** Files for browsers that are all a repository makes: no program of it answers requests. */
export interface Site {
  /** The package of the tool that makes them. */
  readonly tool: string
  /** The folder that they are in, from the root of the repository. */
  readonly folder: string
  /** The page in it that answers every address without a file of its own. */
  readonly fallback?: string
  /** The path below which they ask for each other, when that is not the root of the server: `/shop/`. */
  readonly base?: { readonly path: string; readonly because: Evidence }
  readonly because: readonly Evidence[]
}
