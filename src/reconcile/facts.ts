import type { Change, Lock, LockedFact } from '../model/artifact.ts'
import type { Sourced } from '../model/evidence.ts'
import type { Choices } from '../model/options.ts'
import type { Plan } from '../model/plan.ts'
import type { Sha256 } from './lock.ts'

/** Name of the fact that lists what the images copy from the build context. */
const copied = 'copied'

/** What the files are made from: the choices with the file that showed each, and the paths that are copied. */
export function factsOf(choices: Choices, plan: Plan, sha256: Sha256): ReadonlyMap<string, LockedFact> {
  const chosen = Object.entries(choices).map(([key, sourced]: [string, Sourced<unknown>]) => [key, locked(sourced, sha256)] as const)
  const steps = plan.images.flatMap((image) => image.stages.flatMap((stage) => stage.steps))
  const paths = new Set(steps.flatMap((step) => (step.do === 'copy' && step.from === undefined ? step.paths : [])))
  return new Map([...chosen, [copied, { value: [...paths].sort().join(' ') }] as const].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function locked({ value: given, because }: Sourced<unknown>, sha256: Sha256): LockedFact {
  const [first] = because
  const value = typeof given === 'object' ? JSON.stringify(given) : String(given)
  return first === undefined ? { value } : { value, file: first.file, seen: sha256(first.saw).slice(0, 12) }
}

/** Facts whose value changed, with what shows the new one. */
export function changesSince(lock: Lock, facts: ReadonlyMap<string, LockedFact>, choices: Choices): readonly Change[] {
  const names = [...new Set([...lock.facts.keys(), ...facts.keys()])].sort()
  return names.flatMap((name): Change[] => {
    const before = lock.facts.get(name)?.value
    const after = facts.get(name)?.value
    const sourced: Sourced<unknown> | undefined = Object.hasOwn(choices, name) ? choices[name as keyof Choices] : undefined
    return before === after ? [] : [{ name, before, after, because: sourced?.because[0] }]
  })
}

/** Whether nothing in the repository changed since the lock was written by another version of the tool: what differs is the tool's doing. */
export function onlyToolChanged(lock: Lock, facts: ReadonlyMap<string, LockedFact>, tool: string): boolean {
  if (lock.tool === tool) return false
  const seen = (map: ReadonlyMap<string, LockedFact>): string =>
    JSON.stringify([...map].map(([name, fact]) => [name, fact.file, fact.seen, name === copied ? fact.value : undefined]).sort())
  return seen(lock.facts) === seen(facts)
}
