import { emptyProject, parsed, projectFile, scalarKeys } from '../choose/options.ts'
import type { Project } from '../choose/project.ts'
import { composeReads, withCompose } from '../compose/files.ts'
import { ecosystemsFor, reads } from '../ecosystems/index.ts'
import { sha256 } from '../edge/hash.ts'
import { log, patiently } from '../edge/log.ts'
import { rootFolder, scan } from '../edge/scan.ts'
import { readOnDisk } from '../edge/target.ts'
import { isInterrupted, recover, write } from '../edge/write.ts'
import { interruptedWrite } from '../edge/write-problems.ts'
import type { Artifact, Decided, FileChange, Lock, LockedFact, Outcome, Policy } from '../model/artifact.ts'
import type { Found } from '../model/ecosystem.ts'
import type { Choices, Chosen, EcosystemName } from '../model/options.ts'
import type { Plan, SecretPlan, ServicePlan } from '../model/plan.ts'
import type { PresetLayers, PresetRef, Waiver } from '../model/preset.ts'
import { type ExitCode, exitCodes, Problem } from '../model/problem.ts'
import type { ProblemCode } from '../model/problem-codes.ts'
import type { SecretsMade } from '../model/secrets.ts'
import type { Tree } from '../model/tree.ts'
import { ambiguous, candidates, type Places, type Produced, produce, recognise } from '../pipeline.ts'
import { factsOf } from '../reconcile/facts.ts'
import { formatLock, lockFile, noLock } from '../reconcile/lock.ts'
import { changesOf, nextLock, reconcile } from '../reconcile/reconcile.ts'
import { decidedBefore, targetsFor } from '../reconcile/targets.ts'
import { canonical } from '../reconcile/text.ts'
import { version } from '../version.ts'
import type { Freshness, Presets } from './presets.ts'

/** A repository as a command works on it. */
export interface Session {
  readonly folder: string
  readonly found: Found
  readonly project: Chosen
  /** Presets that the project file names, and those that this run adds. */
  readonly extends: readonly PresetRef[]
  readonly added: readonly string[]
  readonly waivers: readonly Waiver[]
  readonly presets: PresetLayers | undefined
  /** Where they come from, and what is kept of them; absent where there are none. */
  readonly sources: Presets | undefined
  readonly projectText: string | undefined
  readonly answers: Chosen
  readonly lock: Lock
  /** What was read of the repository, without what we wrote. */
  readonly texts: Tree['texts']
}

/** What would be written, and what it is made from. */
export interface Proposal {
  readonly choices: Choices
  readonly facts: ReadonlyMap<string, LockedFact>
  readonly outcomes: readonly Outcome[]
  readonly secrets: readonly SecretPlan[]
  readonly services: readonly ServicePlan[]
}

const noProject: Project = { chosen: {}, extends: [], waivers: [] }

/** What a command wants of a session. */
export interface Opening {
  readonly writes: boolean
  /** Asked when several projects stand side by side. */
  choose(all: readonly Found[]): Promise<Found>
  /** Where presets come from; from what is kept when absent. */
  readonly freshness?: Freshness | 'none'
  /** Names of presets to follow from now on, beside those that the project names. */
  follow?(named: readonly PresetRef[]): Promise<readonly string[]>
}

const own = { names: [projectFile, lockFile], endings: [] }

/** Reads a repository. A run that writes first finishes what an interrupted one began; for others that is a Problem (exit 6). */
export async function openSession(root: string, answers: Chosen, opening: Opening): Promise<Session> {
  const folder = await rootFolder(root)
  if (opening.writes) await recover(folder)
  else if (isInterrupted(folder)) throw interruptedWrite()
  const tree = await patiently('Reading the repository', scan(folder, [...reads, composeReads, own]))
  const projectText = ownText(tree, projectFile, 'project-invalid', exitCodes.usage)
  const project = projectText === undefined ? noProject : (await import('../choose/project.ts')).readProject(projectText)
  const lockText = ownText(tree, lockFile, 'lock-invalid', exitCodes.irreconcilable)
  const lock = lockText === undefined ? noLock : (await import('../reconcile/read-lock.ts')).readLock(lockText, sha256)
  const wanted = answers.ecosystem?.value ?? project.chosen.ecosystem?.value
  const added = (await opening.follow?.(project.extends)) ?? []
  const refs = [...project.extends, ...added.map(asRef)]
  const sources = await presetsOf(folder, refs, lock, opening.freshness ?? 'kept')
  const seen = await withCompose(withoutOurs(tree, lock, sources?.local ?? []))
  const found = await pick(seen, wanted, lock.facts.get('ecosystem')?.value, opening.choose)
  log(`detected ${found.app.ecosystem}`)
  const presets = sources?.layersFor(found.app, project.waivers)
  const said = { project: project.chosen, extends: refs, added, waivers: project.waivers, projectText }
  return { folder, found, ...said, presets, sources, answers, lock, texts: seen.texts }
}

async function presetsOf(
  folder: string,
  refs: readonly PresetRef[],
  lock: Lock,
  freshness: Freshness | 'none',
): Promise<Presets | undefined> {
  if (freshness === 'none' || (refs.length === 0 && lock.presets.size === 0)) return undefined
  const loading = import('./presets.ts').then(({ loadPresets }) => loadPresets(folder, refs, lock.presets, freshness))
  return patiently('Looking for presets', loading)
}

function asRef(ref: string): PresetRef {
  return { ref, because: { file: '--preset', saw: `extends ${ref}` } }
}

/** The app that is meant. Without a wish it is the one of the ecosystem that was served last, as long as there is one. */
async function pick(
  tree: Tree,
  wanted: EcosystemName | undefined,
  last: string | undefined,
  choose: (all: readonly Found[]) => Promise<Found>,
): Promise<Found> {
  const detectors = await ecosystemsFor(tree)
  const recognised = recognise(tree, detectors, wanted ?? detectors.find(({ name }) => name === last)?.name)
  const all = candidates(recognised.length > 0 ? recognised : recognise(tree, detectors, wanted), tree)
  const [only, second] = all
  return only !== undefined && second === undefined ? only : choose(all)
}

/** The text of a file of ours. Throws a Problem when it is there but cannot be read. */
function ownText(tree: Tree, file: string, code: ProblemCode, exit: ExitCode): string | undefined {
  const reason = tree.unread.get(file)
  if (reason === undefined) return tree.texts.get(file)
  throw new Problem({
    code,
    exit,
    message: `${file} cannot be read: ${reason}.`,
    file,
    fix: `Restore it from version control: git checkout -- ${file}`,
  })
}

/** What we wrote shows nothing about the project, and its presets are no part of what runs. */
function withoutOurs(tree: Tree, { bases }: Lock, presets: readonly string[]): Tree {
  const texts = new Map([...tree.texts].filter(([path]) => !bases.has(path)))
  if (presets.length === 0) return { ...tree, texts }
  const files = [...tree.files].filter((path) => !presets.some((own) => path === own || path.startsWith(`${own}/`)))
  const folders = [...tree.folders].filter((folder) => files.some((path) => path.startsWith(`${folder}/`)))
  return { ...tree, texts, files: new Set(files), folders: new Set(folders) }
}

/** For commands that ask nothing: several projects are a Problem. */
export async function chooseNone(all: readonly Found[]): Promise<Found> {
  throw ambiguous(all)
}

/** Options given as flags, checked. */
export function flagged(args: Readonly<Record<string, unknown>>): Chosen {
  return Object.fromEntries(
    scalarKeys.flatMap((key) => (args[key] === undefined ? [] : [[key, parsed(key, args[key], 'answer')] as const])),
  )
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
  const onDisk = readOnDisk(session.folder, [...all.map((a) => a.path), ...session.lock.bases.keys()])
  const facts = new Map([
    ...factsOf({ ...choices, ...asWritten(answers) }, plan, session.found.app, sha256),
    ...(session.sources?.facts ?? []),
  ])
  const outcomes = reconcile(all, session.lock, onDisk, policy)
  log(`${all.length} files rendered and compared`)
  return { choices, facts, outcomes, secrets: plan.secrets, services: plan.services }
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
  const paths = artifacts.flatMap(({ path, set }) => (!bases.has(path) && (force || taken(set)) ? [path] : []))
  const shown = Object.entries(choices).filter(
    ([, { from, because }]) => from === 'detected' && because[0] !== undefined && paths.includes(because[0].file),
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
  { folder, lock, sources }: Session,
  { outcomes, facts, secrets }: Proposal,
): Promise<SecretsMade | undefined> {
  const files = secrets.length === 0 ? undefined : await import('./secret-files.ts')
  const next = nextLock(lock, outcomes, facts, version, sources?.pins)
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
