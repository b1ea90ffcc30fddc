import type { App } from './app.ts'
import type { Choices, EcosystemName } from './options.ts'
import type { ImagePlan } from './plan.ts'
import type { Tree } from './tree.ts'

/** What is asked of an image beside running its program. */
export interface Demands {
  /** Its programs take variables from files. */
  readonly loads: boolean
}

/** A language with its package managers and frameworks. Both functions are pure. */
export interface Ecosystem<A extends App> {
  readonly name: EcosystemName
  /**
   * The app in the tree, or undefined when the tree holds none of this ecosystem; `start` is what a person wants to be started, where the
   * tree holds several programs that are installed together. Throws a Problem on manifests that cannot be read.
   */
  detect(tree: Tree, start?: string): A | undefined
  /** How the app is built and started. Throws a Problem when it cannot be served. */
  plan(app: A, choices: Choices, demands: Demands): ImagePlan
}

/** An app together with the way to plan it. */
export interface Found {
  readonly app: App
  plan(choices: Choices, demands: Demands): ImagePlan
}

/** An ecosystem as the pipeline sees it. */
export interface Detector {
  readonly name: EcosystemName
  detect(tree: Tree, start?: string): Found | undefined
}
