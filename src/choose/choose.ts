import type { App, Question } from '../model/app.ts'
import type { Sourced } from '../model/evidence.ts'
import type { Choices, Chosen, DefaultedKey, OptionKey, OptionValues } from '../model/options.ts'
import type { PresetLayers } from '../model/preset.ts'
import { Problem } from '../model/problem.ts'
import { withinFloors } from './floors.ts'
import { parsed } from './options.ts'
import { chosenUser } from './user.ts'

/** What an ecosystem's apps get when nothing else is known. */
export interface Defaults {
  readonly port: number
  readonly release: string
}

const common: { readonly [K in DefaultedKey]: OptionValues[K] } = {
  name: 'app',
  health: '/',
  user: 10_001,
  memory: 512,
  cpus: 1,
  pids: 200,
  files: 4096,
  'health-interval': 10,
  'health-timeout': 3,
  'health-retries': 3,
  restarts: 5,
  'log-size': 10,
  'log-files': 3,
  network: 'frontend',
}

/** Nothing is said by any preset. */
export const noPresets: PresetLayers = { refs: [], defaults: {}, force: {}, floors: [], blocks: [] }

/**
 * Decides every option: default < preset default < detected < project file < answer, and what presets force above all; then what nobody
 * chose on purpose is brought within the floors. Throws a Problem when an option without a safe default is open, and when a choice
 * breaks a floor (exit 7).
 */
export function choose(app: App, own: Defaults, project: Chosen, answers: Chosen, presets = noPresets): Choices {
  const chosen = combined(layersOf(app, own, project, answers, presets))
  return withinFloors({ ...chosen, user: chosenUser(chosen), start: startOf(app, chosen) } as Choices, presets.floors)
}

/** What is started. The folder of a package of a workspace stands for what is found in it. */
function startOf(app: App, { start }: Chosen): Sourced<string> {
  const names = app.ecosystem === 'node' && app.folder !== undefined && start?.value === app.folder
  const found = names ? app.found.start && { ...start, value: app.found.start.value } : start
  return found ?? open(app, 'start')
}

/** What each origin says, the one that is overruled by all others first. */
export function layersOf(app: App, own: Defaults, project: Chosen, answers: Chosen, presets = noPresets): readonly Chosen[] {
  const usual = Object.fromEntries(Object.entries({ ...common, ...own }).map(([key, value]) => [key, byDefault(value)]))
  const guessed = Object.entries(fallbacks(app.questions)).filter(([key]) => presets.defaults[key as OptionKey] === undefined)
  const ecosystem: Chosen = { ecosystem: { value: app.ecosystem, from: 'detected', because: app.because } }
  return [usual, presets.defaults, app.found, Object.fromEntries(guessed), project, answers, presets.force, ecosystem]
}

/** The last word on every option; tables and lists are joined, the later one's entries above. A user id and a range of them stand in each other's place. */
export function combined(layers: readonly Chosen[]): Chosen {
  const all: Partial<Record<OptionKey, Sourced<OptionValues[OptionKey]>>> = {}
  for (const layer of layers) {
    if (layer['user-range'] !== undefined) delete all.user
    if (layer.user !== undefined) delete all['user-range']
    for (const [key, sourced] of Object.entries(withoutRange(layer)) as [OptionKey, Sourced<OptionValues[OptionKey]>][]) {
      const below = all[key]
      all[key] = below === undefined ? sourced : { ...sourced, ...joined(below, sourced) }
    }
  }
  return all as Chosen
}

/** A layer that names a user id needs no range. */
function withoutRange({ 'user-range': range, ...layer }: Chosen): Chosen {
  return range === undefined || layer.user !== undefined ? layer : { ...layer, 'user-range': range }
}

function joined(below: Sourced<unknown>, above: Sourced<OptionValues[OptionKey]>): Partial<Sourced<OptionValues[OptionKey]>> {
  const because = [...above.because, ...below.because]
  if (Array.isArray(above.value) && Array.isArray(below.value)) return { value: [...new Set([...below.value, ...above.value])], because }
  if (typeof above.value !== 'object' || typeof below.value !== 'object') return {}
  return { value: { ...below.value, ...above.value } as OptionValues[OptionKey], because }
}

/** Questions that nobody has answered yet, in the order of asking. */
export function openQuestions(app: App, project: Chosen, answers: Chosen): readonly Question[] {
  return app.questions.filter((q) => app.found[q.key] === undefined && project[q.key] === undefined && answers[q.key] === undefined)
}

function byDefault<T>(value: T): Sourced<T> {
  return { value, from: 'default', because: [] }
}

function fallbacks(questions: readonly Question[]): Chosen {
  const entries = questions.flatMap((q) => (q.fallback === undefined ? [] : [[q.key, parsed(q.key, q.fallback, 'default')] as const]))
  return Object.fromEntries(entries)
}

// What a start looks like, for those who have to say it.
const starts: Readonly<Record<App['ecosystem'], string>> = {
  node: 'path/to/server.js',
  go: './cmd/server',
  python: 'package.wsgi:application',
}

function open(app: App, key: 'start'): never {
  const question = app.questions.find((q) => q.key === key)
  const candidates = question?.candidates ?? []
  const example = candidates[0]?.value ?? starts[app.ecosystem]
  throw new Problem({
    code: `${key}-open`,
    exit: 1,
    message: question?.why ?? `The files do not tell what to ${key}.`,
    fix: `Say it with --${key} ${example}${candidates.length > 1 ? ` (seen: ${candidates.map((c) => c.value).join(', ')})` : ''}, or in secure-docker.toml.`,
  })
}
