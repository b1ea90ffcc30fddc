import type { App } from '../model/app.ts'
import type { Change, Lock, LockedFact } from '../model/artifact.ts'
import type { Evidence, Sourced } from '../model/evidence.ts'
import type { Choices } from '../model/options.ts'
import type { Plan } from '../model/plan.ts'
import type { Sha256 } from './lock.ts'
import { isPlanFact, planFacts } from './plan-facts.ts'
import { isServiceFact, serviceFacts } from './services.ts'

/** Names of the facts that list what the images copy from the build context, what the program reads and what it talks to. */
const copied = 'copied'
const variables = 'variables'
const services = 'services'
const environment = 'environment'
const lists: ReadonlySet<string> = new Set([copied, variables, services])

/** What a program reads and talks to, with what shows it. */
export type Contract = Pick<App, 'variables' | 'services'>

/** What the files are made from: the choices with the file that showed each, what the plan lists, and the program's contract. */
export function factsOf(choices: Choices, plan: Plan, contract: Contract, sha256: Sha256): ReadonlyMap<string, LockedFact> {
  const chosen = Object.entries(choices).map(([key, sourced]: [string, Sourced<unknown>]) => [key, locked(sourced, sha256)] as const)
  const steps = plan.images.flatMap((image) => image.stages.flatMap((stage) => stage.steps))
  const paths = new Set(steps.flatMap((step) => (step.do === 'copy' && step.from === undefined ? step.paths : [])))
  const listed = [
    [copied, listOf([...paths])],
    [variables, listOf(contract.variables.map((v) => v.name))],
    [services, listOf(contract.services.map((s) => s.kind))],
  ] as const
  return new Map([...chosen, ...listed, ...planFacts(plan), ...serviceFacts(contract.services)].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function listOf(words: readonly string[]): LockedFact {
  return { value: [...new Set(words)].sort().join(' ') }
}

function locked({ value: given, because }: Sourced<unknown>, sha256: Sha256): LockedFact {
  const [first] = because
  const value = typeof given === 'object' ? JSON.stringify(given) : String(given)
  return first === undefined ? { value } : { value, file: first.file, seen: sha256(first.saw).slice(0, 12) }
}

/** Facts whose value changed, with what shows the new one. Variables and services are told one by one. */
export function changesSince(lock: Lock, facts: ReadonlyMap<string, LockedFact>, choices: Choices, contract: Contract): readonly Change[] {
  const names = [...new Set([...lock.facts.keys(), ...facts.keys()])].sort()
  const told = differing(lock.facts.get(variables)?.value, facts.get(variables)?.value)
  return names.flatMap((name): readonly Change[] => {
    const before = lock.facts.get(name)?.value
    const after = facts.get(name)?.value
    if (before === after) return []
    // That it came or went is told with the list.
    if (isServiceFact(name) && (before === undefined || after === undefined)) return []
    if (name === variables)
      return each(
        before,
        contract.variables.map((v) => [v.name, v.because] as const),
      )
    if (name === services)
      return each(
        before,
        contract.services.map((s) => [s.kind, s.because] as const),
      )
    if (isPlanFact(name)) return before === undefined ? [] : listed(name, before, after ?? '', name === environment ? told : new Set())
    const sourced: Sourced<unknown> | undefined = Object.hasOwn(choices, name) ? choices[name as keyof Choices] : undefined
    return [{ name, before, after, because: sourced?.because[0] }]
  })
}

/** How a list changed, but for the words that are told of elsewhere. */
function listed(name: string, before: string, after: string, told: ReadonlySet<string>): readonly Change[] {
  const [old, now] = [before, after].map((words) =>
    wordsOf(words)
      .filter((word) => !told.has(word))
      .join(' '),
  )
  return old === now ? [] : [{ name, before: old, after: now, because: undefined }]
}

/** Words of one list only. A lock that has no such list tells nothing of before. */
function differing(before: string | undefined, after = ''): ReadonlySet<string> {
  if (before === undefined) return new Set()
  const [old, now] = [new Set(wordsOf(before)), new Set(wordsOf(after))]
  return new Set([...[...old].filter((word) => !now.has(word)), ...[...now].filter((word) => !old.has(word))])
}

function wordsOf(list: string): readonly string[] {
  return list.split(' ').filter(Boolean)
}

/** Of these changes those of the presets themselves: an update pins and keeps others, even where every file stays as it is. */
export function presetChanges(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ name }) => name.startsWith('preset '))
}

/** What came to a list and what went. A lock that has no such list tells nothing of before. */
function each(before: string | undefined, now: readonly (readonly [name: string, because: readonly Evidence[]])[]): readonly Change[] {
  if (before === undefined) return []
  const old = wordsOf(before)
  const came = now
    .filter(([name]) => !old.includes(name))
    .map(([name, because]) => ({ name, before: undefined, after: '', because: because[0] }))
  const gone = old
    .filter((name) => !now.some(([other]) => other === name))
    .map((name) => ({ name, before: '', after: undefined, because: undefined }))
  return [...came, ...gone]
}

/**
 * Whether nothing in the repository changed since the lock was written by another version of the tool: what differs is the tool's doing.
 * What only the plan lists tells nothing of that: each version plans in its own way.
 */
export function onlyToolChanged(lock: Lock, facts: ReadonlyMap<string, LockedFact>, tool: string): boolean {
  if (lock.tool === tool) return false
  const seen = (map: ReadonlyMap<string, LockedFact>): string =>
    JSON.stringify(
      [...map]
        .filter(([name]) => !isPlanFact(name))
        .map(([name, fact]) => [name, fact.file, fact.seen, lists.has(name) ? fact.value : undefined])
        .sort(),
    )
  return seen(lock.facts) === seen(facts)
}
