import type { LockedFact } from '../model/artifact.ts'
import type { Command, ImagePlan, Plan, ServicePlan } from '../model/plan.ts'

/** Lists of a plan that no choice tells of: without them a file could change and nobody would learn why. */
const lists = { environment: environmentOf, installed: installedOf, writable: writableOf } as const

/** Names that the images and services set, packages that are installed beside those of the project, folders that the program writes to. */
export function planFacts(plan: Plan): readonly (readonly [name: string, fact: LockedFact])[] {
  return Object.entries(lists).map(([name, of]) => [name, { value: [...new Set(of(plan))].sort().join(' ') }] as const)
}

/** Whether a fact is one of these. A lock of an older version may have none: it tells nothing of before. */
export function isPlanFact(name: string): boolean {
  return Object.hasOwn(lists, name)
}

function environmentOf({ images, services }: Plan): readonly string[] {
  const set = images.flatMap(stepsOf).flatMap((step) => (step.do === 'env' ? Object.keys(step.values) : []))
  return [...set, ...services.filter(isBuilt).flatMap(namesOf)]
}

function isBuilt({ source }: ServicePlan): boolean {
  return !('image' in source)
}

function namesOf({ environment, variables, examples, secrets }: ServicePlan): readonly string[] {
  return [...Object.keys(environment), ...variables, ...Object.keys(examples ?? {}), ...secrets]
}

function installedOf({ images }: Plan): readonly string[] {
  return images.flatMap(stepsOf).flatMap((step) => (step.do === 'run' ? step.commands.flatMap(packagesOf) : []))
}

/** Versions of system packages are the tool's own patterns; that of a package manager comes from the project. */
function packagesOf(command: Command): readonly string[] {
  if (!('argv' in command)) return []
  const [program, verb, ...rest] = command.argv
  const words = verb === 'install' ? rest.filter((word) => !word.startsWith('-')) : []
  if (program === 'apt-get') return words.map((word) => word.split('=', 1)[0] ?? word)
  return program === 'npm' && rest.includes('--global') ? words : []
}

function writableOf({ images }: Plan): readonly string[] {
  return images.flatMap(({ writable }) => writable ?? []).map(({ path }) => path)
}

function stepsOf({ stages }: ImagePlan): ImagePlan['stages'][number]['steps'] {
  return stages.flatMap(({ steps }) => steps)
}
