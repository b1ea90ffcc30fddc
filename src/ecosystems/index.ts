import { goReleases, nodeReleases, pick, pythonReleases, type ReleaseTable } from '../catalogue/releases.ts'
import { type App, siteOf } from '../model/app.ts'
import type { Assets } from '../model/assets.ts'
import type { Detector, Ecosystem } from '../model/ecosystem.ts'
import type { EcosystemName } from '../model/options.ts'
import type { ImagePlan } from '../model/plan.ts'
import type { Reads, Tree } from '../model/tree.ts'
import { withExamples } from './examples.ts'
import { goReads } from './go/reads.ts'
import { type FindAssets, withAssets } from './lacking.ts'
import { nodeReads } from './node/reads.ts'
import { withTools } from './own-tools.ts'
import { pythonReads } from './python/reads.ts'
import { toldReads } from './told.ts'
import { withUsable } from './usable.ts'

interface Row {
  readonly title: string
  readonly reads: Reads
  /** Names of files without which there is no app of this ecosystem: its code is loaded when one of them is there. */
  readonly markers: RegExp
  /** When the repository does not say. */
  readonly port: number
  readonly releases: ReleaseTable
  load(assets: AssetsModule | undefined): Promise<Detector>
}

const rows: Readonly<Record<EcosystemName, Row>> = {
  node: {
    title: 'Node.js',
    reads: nodeReads,
    markers: /^package\.json$/,
    port: 3000,
    releases: nodeReleases,
    load: async (assets) => detector((await import('./node/index.ts')).node, assets),
  },
  go: {
    title: 'Go',
    reads: goReads,
    markers: /^go\.(?:mod|work)$/,
    port: 8080,
    releases: goReleases,
    load: async (assets) => detector((await import('./go/index.ts')).go, assets),
  },
  python: {
    title: 'Django',
    reads: pythonReads,
    markers: /^(?:manage\.py|pyproject\.toml|setup\.(?:py|cfg)|Pipfile|requirements.*\.txt|requirements|(?:uv|poetry|Pipfile)\.lock)$/,
    port: 8000,
    releases: pythonReleases,
    load: async (assets) => detector((await import('./python/index.ts')).python, assets),
  },
}
const sitePort = 8080
const names = Object.keys(rows) as readonly EcosystemName[]

/** What makes files for browsers, where a package.json is there. */
interface AssetsModule {
  readonly find: FindAssets
  readonly stage: (image: ImagePlan, assets: Assets) => ImagePlan
}

function detector<A extends App>({ name, detect, plan }: Ecosystem<A>, making: AssetsModule | undefined): Detector {
  return {
    name,
    detect(tree, start) {
      const detected = detect(tree, start)
      const app =
        detected && siteOf(detected) === undefined
          ? withAssets(withTools(withUsable(withExamples(detected, tree)), tree), tree, making?.find)
          : detected
      return (
        app && {
          app,
          plan(choices, demands) {
            const image = plan(app, choices, demands)
            return app.assets === undefined || making === undefined ? image : making.stage(image, app.assets)
          },
        }
      )
    },
  }
}

async function makingAssets(): Promise<AssetsModule> {
  const [{ assetsFor }, { withAssetsStage }] = await Promise.all([import('./assets.ts'), import('./assets-stage.ts')])
  return { find: assetsFor, stage: withAssetsStage }
}

/** What the scan must read, for every ecosystem. */
export const reads: readonly Reads[] = [toldReads, ...names.map((name) => rows[name].reads)]

/** The ecosystems that may be in a tree; only their code is loaded. */
export async function ecosystemsFor(tree: Tree): Promise<readonly Detector[]> {
  const paths = [...tree.files, ...tree.folders, ...tree.unread.keys()]
  const seen = new Set(paths.map((path) => path.slice(path.lastIndexOf('/') + 1)))
  const wanted = names.filter((name) => [...seen].some((file) => rows[name].markers.test(file)))
  // Beside a program, or below one of Node.js.
  const making = paths.some((path) => path.endsWith(wanted.length > 1 ? 'package.json' : '/package.json'))
    ? await makingAssets()
    : undefined
  return Promise.all(wanted.map((name) => rows[name].load(making)))
}

/** Name of an ecosystem for people. */
export function titleOf(name: EcosystemName): string {
  return rows[name].title
}

/** Port and release when the repository does not say. */
export function defaultsOf(app: App): { readonly port: number; readonly release: string } {
  const { port, releases } = rows[app.ecosystem]
  return { port: siteOf(app) === undefined ? port : sitePort, release: pick(releases, () => true)?.release ?? '' }
}
