import type { App, Question } from '../model/app.ts'
import type { Sourced } from '../model/evidence.ts'
import type { Choices, Chosen } from '../model/options.ts'
import { Problem } from '../model/problem.ts'
import { parsed } from './options.ts'

/** What an ecosystem's apps get when nothing else is known. */
export interface Defaults {
  readonly port: number
  readonly release: string
}

const common = { health: '/', user: 10_001, memory: 512, cpus: 1, pids: 200, name: 'app' } as const

/**
 * Decides every option: default < detected < project file < answer.
 * Throws a Problem when an option without a safe default is open.
 */
export function choose(app: App, own: Defaults, project: Chosen, answers: Chosen): Choices {
  const layers: Chosen = { ...app.found, ...fallbacks(app.questions), ...project, ...answers }
  return {
    ...layers,
    ecosystem: { value: app.ecosystem, from: 'detected', because: app.because },
    name: layers.name ?? byDefault(common.name),
    release: layers.release ?? byDefault(own.release),
    start: layers.start ?? open(app, 'start'),
    port: layers.port ?? byDefault(own.port),
    health: layers.health ?? byDefault(common.health),
    user: layers.user ?? byDefault(common.user),
    memory: layers.memory ?? byDefault(common.memory),
    cpus: layers.cpus ?? byDefault(common.cpus),
    pids: layers.pids ?? byDefault(common.pids),
  }
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

function open(app: App, key: 'start'): never {
  const question = app.questions.find((q) => q.key === key)
  const candidates = question?.candidates ?? []
  const example = candidates[0]?.value ?? '<value>'
  throw new Problem({
    code: `${key}-open`,
    exit: 1,
    message: question?.why ?? `The files do not tell what to ${key}.`,
    fix: `Say it with --${key} ${example}${candidates.length > 1 ? ` (seen: ${candidates.map((c) => c.value).join(', ')})` : ''}, or in secure-docker.toml.`,
  })
}
