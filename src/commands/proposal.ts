import { emptyProject, projectFile } from '../choose/options.ts'
import { sha256 } from '../edge/crypto.ts'
import { log } from '../edge/log.ts'
import { readOnDisk } from '../edge/target.ts'
import { write } from '../edge/write.ts'
import type { Artifact, Decided, FileChange, Lock, LockedFact, OnDisk, Outcome, Policy } from '../model/artifact.ts'
import type { Choices, Chosen } from '../model/options.ts'
import type { Plan, SecretPlan, ServicePlan } from '../model/plan.ts'
import type { SecretsMade } from '../model/secrets.ts'
import { type Places, type Produced, produce } from '../pipeline.ts'
import { factsOf } from '../reconcile/facts.ts'
import { formatLock, lockFile } from '../reconcile/lock.ts'
import { changesOf, nextLock, reconcile } from '../reconcile/reconcile.ts'
import { decidedBefore, rivalsOf, takesEffect, targetsFor } from '../reconcile/targets.ts'
import { canonical } from '../reconcile/text.ts'
import { version } from '../version.ts'
import type { Session } from './session.ts'

/** What would be written, and what it is made from. */
export interface Proposal {
  readonly choices: Choices
  readonly facts: ReadonlyMap<string, LockedFact>
  readonly outcomes: readonly Outcome[]
  readonly secrets: readonly SecretPlan[]
  readonly services: readonly ServicePlan[]
}

/** What the repository's files would be. */
export function produceFor({ found, project, answers, presets, sources }: Session, places: Places): Produced {
  return produce(found, project, answers, places, presets, sources?.blocksFor)
}

/** What would become of every file. With `only`, of these sets. */
export async function propose(session: Session, policy: Policy, only?: ReadonlySet<Artifact['set']>): Promise<Proposal> {
  const { choices, plan, artifacts } = produceFor(session, targetsFor(policy.decided))
  const answers = { ...onlyShownBy(artifacts, choices, session.lock, policy), ...session.answers }
  const all = [...artifacts, await projectArtifact(session, answers)].filter((a) => only?.has(a.set) ?? true)
  const onDisk = onDiskFor(session, all)
  const facts = new Map([
    ...factsOf({ ...choices, ...asWritten(answers) }, plan, session.found.app, sha256),
    ...(session.sources?.facts ?? []),
  ])
  const outcomes = reconcile(all, session.lock, onDisk, policy)
  log(`${all.length} files rendered and compared`)
  return { choices, facts, outcomes, secrets: plan.secrets, services: plan.services }
}

/** What is there of these artifacts, of what was written last, and of files that clash with them. */
function onDiskFor({ folder, lock }: Session, artifacts: readonly Artifact[]): OnDisk {
  const paths = [...artifacts.map(({ path }) => path), ...lock.bases.keys()]
  const found = readOnDisk(folder, paths)
  const rivals = artifacts.flatMap(({ path }) => rivalsOf(path, found.names))
  return rivals.length === 0 ? found : readOnDisk(folder, [...paths, ...rivals])
}

/** What is built and run, in the places where the files are. */
export function planOf(session: Session): Plan {
  return producedNow(session).plan
}

/** What the repository gives now, in the places of the files that were written. */
export function producedNow(session: Session): Produced {
  return produceFor(session, targetsFor(decidedBefore(session.lock)))
}

/** Choices that a person's file shows which becomes ours: without an entry in the project file the next run would not know them. */
function onlyShownBy(artifacts: readonly Artifact[], choices: Choices, { bases }: Lock, { force, decided }: Policy): Chosen {
  const taken = (set: Artifact['set']): boolean => set !== 'project' && (decided[set] === 'replace' || decided[set] === 'adopt')
  const comes = (path: string): boolean => artifacts.some((a) => a.path === path && !bases.has(path) && (force || taken(a.set)))
  const goes = (file: string): boolean =>
    comes(file) || artifacts.some(({ path }) => comes(path) && rivalsOf(path, new Set([file])).some(takesEffect))
  const shown = Object.entries(choices).filter(
    ([, { from, because }]) => from === 'detected' && because[0] !== undefined && goes(because[0].file),
  )
  return Object.fromEntries(shown.map(([key, { value }]) => [key, { value, from: 'answer', because: [] }]))
}

/** Answers as the next run reads them. */
function asWritten(answers: Chosen): Chosen {
  return Object.fromEntries(
    Object.entries(answers).map(([key, sourced]) => [
      key,
      { ...sourced, because: [{ file: projectFile, saw: `${key} = ${JSON.stringify(sourced.value)}` }] },
    ]),
  )
}

async function projectArtifact({ projectText, added }: Session, answers: Chosen): Promise<Artifact> {
  const text = canonical(projectText ?? emptyProject)
  const unchanged = Object.keys(answers).length === 0 && added.length === 0
  const content = unchanged ? text : (await import('../choose/project.ts')).writeProject(text, answers, added)
  return { path: projectFile, set: 'project', content }
}

/** Proposes; where a person's files are in the way, `ask` decides for each set, and it is proposed again. */
export async function proposeAround(
  session: Session,
  policy: Policy,
  ask: (inTheWay: readonly Outcome[]) => Promise<Decided>,
): Promise<readonly [Proposal, Policy]> {
  const proposal = await propose(session, policy)
  for (const set of ['dockerfile', 'compose'] as const) {
    const inTheWay = proposal.outcomes.filter((o) => o.set === set && (o.reason === 'not-ours' || o.reason === 'shadowed'))
    if (inTheWay.length === 0 || policy.decided[set] !== undefined) continue
    return proposeAround(session, { ...policy, decided: { ...policy.decided, [set]: await ask(inTheWay) } }, ask)
  }
  return [proposal, policy]
}

/** All files or none, the lock last, so that it never tells of files that are not there; then the secrets that are missing. */
export async function writeAll(
  { folder, lock, sources, texts }: Session,
  { outcomes, facts, secrets }: Proposal,
): Promise<SecretsMade | undefined> {
  const files = secrets.length === 0 ? undefined : await import('./secret-files.ts')
  const next = nextLock(lock, outcomes, facts, version, sources?.pins, texts)
  // What is kept of presets has to be what the lock says: where that stays, so does the other.
  const kept = next === lock || sources === undefined ? [] : await (await import('./presets.ts')).keptChanges(folder, sources, lock.presets)
  await writeWithLock(folder, next, outcomes, [...kept, ...(files?.ignoreChange(folder, secrets, outcomes) ?? [])])
  return files?.secretsFor(folder, secrets, outcomes)
}

/** Writes outcomes, and what stands beside them, together with a lock. */
export async function writeWithLock(
  folder: string,
  lock: Lock,
  outcomes: readonly Outcome[],
  beside: readonly FileChange[] = [],
): Promise<void> {
  const before = readOnDisk(folder, [lockFile]).texts.get(lockFile)
  const content = formatLock(lock, sha256)
  const changes = changesOf(outcomes, { path: lockFile, content, ...(before === undefined ? {} : { before }) })
  await write(folder, [...beside, ...changes])
  log('written')
}
