import type { Tree } from '../../model/tree.ts'
import { joined, rootEntries } from '../paths.ts'
import { topOf } from '../search.ts'

// Hidden files at the root that builds read.
const hiddenForBuild =
  /^\.(?:babelrc|swcrc|browserslistrc|postcssrc|eslintrc|prettierrc|mocharc|parcelrc|terserrc|sassrc|lessrc|sequelizerc)/

// Settings of tools that run while developing or building, never with the program.
const toolSettings =
  /^(?:(?:package-lock|npm-shrinkwrap|tsconfig[\w.-]*|jsconfig|nest-cli|nodemon|biome|renovate|lerna|turbo|nx|project|tslint|angular|components|vercel|firebase|typedoc|api-extractor|cypress|audit-ci|sonar-project)\.(?:jsonc?|properties)|(?:\.?eslint|jest|vitest|vite|webpack|rollup|rolldown|esbuild|tsup|tsdown|babel|\.?prettier|commitlint|lint-staged|postcss|tailwind|cypress|playwright|karma|[gG]ulpfile|[gG]runtfile|stylelint)[\w.-]*\.(?:[cm]?[jt]s|json)|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|pnpm-workspace\.yaml|test\.json|\w+\.d\.ts)$/

const toolFolders = /^(?:helm[_-]\w+|integration[_-]tests?|esbuild|debian|packager)$/

const typed = /\.[cm]?tsx?$/
const anyCode = /\.[cm]?[jt]sx?$/
const forRunning = /\.(?:[cm]?js|json5?|ya?ml|toml|sql|html?|txt|pug|jade|ejs|hbs|njk|proto|graphql|xml|wasm|csv|ico)$/i

// What the install step has read; and what only a test of this program reads.
const installed = /^(?:package(?:-lock)?|npm-shrinkwrap|test)\.json$|^pnpm-(?:lock|workspace)\.yaml$|^yarn\.lock$/

/**
 * Root entries that the build may read. Where it keeps the folder of the sources, as in `dist/src/index.js`, the compiler sees others beside
 * it: without those of the tests it would leave that folder out. `loaded` are others that code loads.
 */
export function buildPaths(tree: Tree, start: string, exists: boolean, loaded: readonly string[] = []): readonly string[] {
  const hidden = [...tree.files].filter((file) => !file.includes('/') && hiddenForBuild.test(file))
  const rooted = tree.texts.get('tsconfig.json')?.includes('"rootDir"') === true
  const tests =
    exists || rooted || !/^[^/]+\/src\//.test(start)
      ? []
      : [...tree.files].flatMap((file) => /^((?:__)?(?:tests?|specs?|e2e)(?:__)?)\/.*\.[cm]?tsx?$/.exec(file)?.[1] ?? [])
  return [...new Set([...hidden, ...tests, ...loaded, ...rootEntries(tree).filter((name) => !installed.test(name))])].sort()
}

/**
 * Root entries that are needed at run time. When the program is built, folders that hold nothing but its sources are left out:
 * their output stands for them. `used` names files and folders that the start needs as they are.
 */
export function runPaths(tree: Tree, built: boolean, outputs: readonly string[], used: readonly string[]): readonly string[] {
  const files = [...tree.files]
  const holdsOnly = (name: string, kind: RegExp): boolean =>
    files
      .filter((file) => file.startsWith(`${name}/`))
      .every((file) => kind.test(file) || /\.(?:md|snap|map|spec\.\w+)$|\/\.[^/]*$/.test(file))
  const needed = new Set(used.map(topOf).filter((name) => tree.files.has(name) || tree.folders.has(name)))
  return [...new Set([...needed, ...rootEntries(tree)])].sort().filter((name) => {
    if (name === 'package.json' || outputs.includes(name)) return false
    if (needed.has(name)) return true
    if (toolSettings.test(name) || toolFolders.test(name)) return false
    if (!built) return true
    return tree.folders.has(name) ? !holdsOnly(name, name === 'src' ? anyCode : typed) : forRunning.test(name)
  })
}

const data = /["'`]((?:\.{1,2}\/)+(?:[\w.-]{1,60}\/){0,4}[\w.-]{1,60}\.(?:json5?|ya?ml))["'`]/g

/** Root entries that sound as if only people and platforms read them, and hold data that code loads: `app.json`, `docs`. */
export function loadedBeside(tree: Tree, code: readonly string[]): readonly string[] {
  const usual = new Set([...rootEntries(tree), 'package.json'])
  const found = code.flatMap((file) =>
    [...(tree.texts.get(file) ?? '').matchAll(data)].flatMap(([, path = '']) =>
      [file.slice(0, Math.max(0, file.lastIndexOf('/'))), ''].flatMap((folder) => joined(folder, path) ?? []),
    ),
  )
  return [...new Set(found.filter((path) => tree.files.has(path)).map(topOf))]
    .filter((name) => !usual.has(name) && !name.startsWith('.'))
    .sort()
}

/** Where a source file stands in the container, by what the start file shows of the build. */
export function placedBy(start: string, exists: boolean): (file: string) => string {
  const out = topOf(start)
  const keepsSource = start.startsWith(`${out}/src/`)
  return (file) =>
    exists || !file.includes('/') || !/\.[cm]?tsx?$|^src\//.test(file)
      ? file
      : `${out}/${keepsSource ? file : file.slice(file.indexOf('/') + 1)}`
}
