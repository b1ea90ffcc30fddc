import { adjusted } from './adjust/adjust.ts'
import { withBlocks } from './adjust/blocks.ts'
import { choose } from './choose/choose.ts'
import { composeNotices } from './compose/files.ts'
import { keptOf } from './compose/kept.ts'
import { whereToGo } from './ecosystems/elsewhere.ts'
import { defaultsOf, titleOf } from './ecosystems/index.ts'
import { siteOf } from './model/app.ts'
import type { Artifact } from './model/artifact.ts'
import type { Blocks } from './model/block.ts'
import type { ComposeFile } from './model/compose.ts'
import type { Detector, Found } from './model/ecosystem.ts'
import type { Choices, Chosen, EcosystemName } from './model/options.ts'
import type { Plan } from './model/plan.ts'
import type { Block, PresetLayers } from './model/preset.ts'
import { Problem } from './model/problem.ts'
import type { Tree } from './model/tree.ts'
import { developmentFile } from './reconcile/targets.ts'
import { written } from './render/cite.ts'
import { render } from './render/render.ts'
import { rules } from './rules/index.ts'
import { developmentServices } from './services/development.ts'
import { processServices, withOwnNames } from './services/processes.ts'
import { selected } from './services/selection.ts'
import { stackFor } from './services/stack.ts'
import { publishedOn, webName, webService } from './services/web.ts'

/** What one ecosystem made of a repository: its app, or why it cannot serve it. */
export type Recognised = { readonly found: Found } | { readonly problem: Problem }

/** Asks every ecosystem, or only the wanted one; `start` is what is to be started, where somebody said it. */
export function recognise(tree: Tree, detectors: readonly Detector[], wanted?: EcosystemName, start?: string): readonly Recognised[] {
  return detectors.flatMap(({ name, detect }): Recognised[] => {
    if (wanted !== undefined && wanted !== name) return []
    try {
      const found = detect(tree, start)
      return found === undefined ? [] : [{ found: withCompose(found, tree.compose ?? []) }]
    } catch (error) {
      if (error instanceof Problem) return [{ problem: error }]
      throw error
    }
  })
}

/** What compose files of the repository say of the app: what of it is kept, and which of them could not be read. */
function withCompose(found: Found, files: readonly ComposeFile[]): Found {
  if (files.length === 0) return found
  const { app } = found
  const kept = keptOf(files, app.found.port?.value ?? defaultsOf(app).port, app.found.name?.value)
  return { ...found, app: { ...app, found: { ...kept, ...app.found }, notices: [...app.notices, ...composeNotices(files)] } }
}

/** What may also be said of a folder that only holds a tool of that ecosystem. */
const doubtful: ReadonlySet<string> = new Set(['python-not-served', 'go-no-program'])

/**
 * The apps worth choosing from: those whose start is known come before those without, which are often only a tool's manifest. So does
 * what keeps an app from being served.
 * Throws a Problem when there is none; it names folders below that hold a project.
 */
export function candidates(recognised: readonly Recognised[], tree: Pick<Tree, 'files'> = { files: new Set() }): readonly Found[] {
  const found = recognised.flatMap((r) => ('found' in r ? [r.found] : []))
  // A site is often a part of a program beside it.
  const startable = found.filter(({ app }) => app.found.start !== undefined && siteOf(app) === undefined)
  if (startable.length > 0) return startable
  const problems = recognised.flatMap((r) => ('problem' in r ? [r.problem] : []))
  const problem = found.length === 0 ? problems[0] : problems.find(({ text }) => !doubtful.has(text.code))
  if (problem !== undefined) throw problem
  if (found.length > 0) return found
  throw new Problem({
    code: 'nothing-recognised',
    exit: 3,
    message: 'No Node.js, Go or Django project was found in this folder.',
    fix: whereToGo(tree.files),
  })
}

/** Error for when several apps stand side by side and nobody can be asked. */
export function ambiguous(found: readonly Found[]): Problem {
  const seen = found.map(({ app }) => `${titleOf(app.ecosystem)} (${app.because[0]?.file ?? ''})`)
  return new Problem({
    code: 'ecosystem-open',
    exit: 1,
    message: `This folder holds several projects: ${seen.join(' and ')}.`,
    fix: `Choose one: ${found.map(({ app }) => `--ecosystem ${app.ecosystem}`).join(' or ')}`,
  })
}

/** Where the files go: in their own place, or beside files that are already there. */
export interface Places {
  readonly dockerfile: string
  readonly compose: string
}

/** What the blocks of presets say for a project's choices. */
export type BlocksFor = (blocks: readonly Block[], choices: Choices) => Blocks

const noBlocks: Blocks = new Map()

/** Everything between detection and the files. */
export function produce(
  found: Found,
  project: Chosen,
  answers: Chosen,
  places: Places,
  presets?: PresetLayers,
  blocks?: BlocksFor,
): Produced {
  const choices = choose(found.app, defaultsOf(found.app), project, answers, presets)
  const plan = withBlocks(
    adjusted(planFor(found, choices, places), choices, presets?.floors),
    presets === undefined || blocks === undefined ? noBlocks : blocks(presets.blocks, choices),
  )
  return { choices, plan, artifacts: render(plan, written(rules)) }
}

export interface Produced {
  readonly choices: Choices
  readonly plan: Plan
  readonly artifacts: readonly Artifact[]
}

function planFor(found: Found, choices: Choices, places: Places): Plan {
  const { services, variables } = found.app
  const web = webName(choices)
  const stack = stackFor(selected(services, choices.services), variables, {
    names: [web, ...found.app.processes.map(({ name }) => name), 'frontend', 'workers', choices.network.value],
    exposed: choices['expose-db']?.value ?? false,
    ports: publishedOn(choices.port.value, choices.publish?.value).flatMap(({ host, last = host }) => [host, last]),
  })
  const planned = { ...found.plan(choices, { loads: stack.wiring.loaded.length > 0 }), dockerfile: places.dockerfile }
  const named = withOwnNames(planned, web)
  const service = webService(named, choices, stack)
  const own = [service, ...processServices(named, service, stack)]
  const { development: _, ...image } = named
  return {
    ...(choices.name.from === 'default' ? {} : { project: choices.name.value.replace(/[^a-z0-9_-]+/g, '-') }),
    composeFile: places.compose,
    images: [image],
    services: [...own, ...stack.services],
    secrets: stack.secrets,
    ...(choices.dev?.value === true
      ? { development: { file: developmentFile(places.compose), services: developmentServices(named, own, stack) } }
      : {}),
  }
}
