import type { Assets } from '../model/assets.ts'
import type { CopyStep, ImagePlan, ImageRef, RunStep, Stage, Step } from '../model/plan.ts'
import { debian } from './image.ts'
import { build, install } from './node/steps.ts'
import { isFolderName } from './paths.ts'
import { topOf } from './search.ts'

const root = '/app'
const name = 'assets'

/** The image with a stage that makes its files for browsers, and its own build with them in it. */
export function withAssetsStage(image: ImagePlan, assets: Assets): ImagePlan {
  const { stages, development } = image
  const last = stages.length - 1
  const at = stages.findIndex((stage) => stage.name === 'build')
  const builds = at === -1 ? last : at
  const alpine = (stages[at] ?? stages[0])?.base.tag.endsWith('alpine') === true
  const base: ImageRef = { repository: 'node', tag: `${assets.release}-${alpine ? 'alpine' : `${debian.suite}-slim`}` }
  const own: Stage = { name, description: 'Makes the files for browsers', base, steps: making(assets, alpine) }
  const withMade = (stage: Stage, i: number): Stage =>
    i === at ? { ...stage, steps: taking(stage.steps, assets) } : i === last ? { ...stage, steps: serving(stage.steps, assets) } : stage
  return {
    ...image,
    stages: stages.flatMap((stage, i) => (i === builds ? [own, withMade(stage, i)] : [withMade(stage, i)])),
    ...(development === undefined
      ? {}
      : { development: { ...development, rebuilds: [...new Set([...development.rebuilds, ...sources(assets)])] } }),
  }
}

function making(assets: Assets, alpine: boolean): readonly Step[] {
  const { folder } = assets
  const home = folder === '.' ? root : `${root}/${folder}`
  const installed = install(assets.package, false, alpine, assets.release, home)
  const built = build(assets.package)
  const steps =
    folder === '.'
      ? [...installed, ...built]
      : [...installed.map(inFolder(folder)), ...besides(assets), copy([`${folder}/`], './'), ...built.filter((step) => step.do !== 'copy')]
  return assets.among ? steps.map((step) => (step.do === 'run' && step.rule === 'build-offline' ? cleared(step) : step)) : steps
}

/** What only makes files is left behind: those of the program are taken from here. */
function cleared(step: RunStep): RunStep {
  return { ...step, commands: [...step.commands, { argv: ['rm', '-rf', 'node_modules'] }] }
}

function inFolder(folder: string): (step: Step) => Step {
  return (step) => (step.do === 'copy' ? { ...step, paths: step.paths.map((path) => `${folder}/${path}`) } : step)
}

function besides({ beside }: Assets): readonly CopyStep[] {
  return beside.map((path) => copy([path], path.endsWith('/') ? `${root}/${path}` : `${root}/${path.slice(0, path.lastIndexOf('/') + 1)}`))
}

function copy(paths: readonly string[], to: string): CopyStep {
  return { do: 'copy', paths, to, rule: 'source-last' }
}

function sources({ folder, package: { buildPaths, folders }, beside }: Assets): readonly string[] {
  return folder === '.' ? buildPaths.map((path) => (folders.includes(path) ? `${path}/` : path)) : [`${folder}/`, ...beside]
}

/** The steps of a build in which the sources come last, with what was made among them or behind them. */
function taking(steps: readonly Step[], assets: Assets): readonly Step[] {
  const last = steps.findLastIndex(isSource)
  return steps.flatMap((step, i): readonly Step[] => {
    const brought = isSource(step) ? [isAmong(step, assets) ? among(step) : step] : [step]
    return i === last ? [...brought, ...made(assets, steps.filter(isSource))] : brought
  })
}

function isSource(step: Step): step is CopyStep {
  return step.do === 'copy' && step.from === undefined && step.rule === 'source-last'
}

/** A folder that the stage has as well. */
function isAmong({ paths }: CopyStep, { among, folder, package: { buildPaths } }: Assets): boolean {
  return (
    among && paths.every((path) => (folder === '.' ? path.endsWith('/') && buildPaths.includes(path.slice(0, -1)) : path === `${folder}/`))
  )
}

function among(step: CopyStep): CopyStep {
  return { ...step, from: name, paths: step.paths.map((path) => `${root}/${path}`), rule: 'built-assets' }
}

function made(assets: Assets, brought: readonly CopyStep[]): readonly CopyStep[] {
  const there = new Set(brought.filter((step) => isAmong(step, assets)).flatMap(({ paths }) => paths.map(topOf)))
  return assets.made.filter(({ to, read }) => read !== true && !there.has(topOf(to))).map(taken)
}

/** The steps of the image with what the program reads while it runs, before the folders that it writes to. */
function serving(steps: readonly Step[], { made }: Assets): readonly Step[] {
  const first = steps.findIndex((step) => step.do === 'copy' && step.writable === true)
  const at = first === -1 ? steps.length : first
  return [...steps.slice(0, at), ...made.filter(({ read }) => read === true).map(taken), ...steps.slice(at)]
}

function taken({ from, to }: Assets['made'][number]): CopyStep {
  return {
    do: 'copy',
    from: name,
    paths: [isFolderName(from) ? `${root}/${from}/` : `${root}/${from}`],
    to: isFolderName(to) ? `./${to}/` : `./${to.slice(0, to.lastIndexOf('/') + 1)}`,
    rule: 'built-assets',
  }
}
