import { openQuestions } from '../choose/choose.ts'
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
import type { Plan, SecretPlan } from '../model/plan.ts'
import type { PresetLayers, PresetRef, Waiver } from '../model/preset.ts'
import { type ExitCode, exitCodes, Problem } from '../model/problem.ts'
import type { ProblemCode } from '../model/problem-codes.ts'
import type { SecretsMade } from '../model/secrets.ts'
import type { Tree } from '../model/tree.ts'
import { ambiguous, candidates, type Produced, produce, recognise } from '../pipeline.ts'
import { factsOf } from '../reconcile/facts.ts'
import { formatLock, lockFile, noLock } from '../reconcile/lock.ts'
import { changesOf, nextLock, reconcile } from '../reconcile/reconcile.ts'
import { decidedBefore, targetsFor } from '../reconcile/targets.ts'
import { canonical } from '../reconcile/text.ts'
import { version } from '../version.ts'

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
  readonly projectText: string | undefined
  readonly answers: Chosen
  readonly lock: Lock
}

/** What would be written, and what it is made from. */
export interface Proposal {
  readonly choices: Choices
  readonly facts: ReadonlyMap<string, LockedFact>
  readonly outcomes: readonly Outcome[]
  readonly secrets: readonly SecretPlan[]
}

const noProject: Project = { chosen: {}, extends: [], waivers: [] }

interface Opening {
  readonly writes: boolean
  choose(all: readonly Found[]): Promise<Found>
  /** Names of presets to follow from now on. */
  readonly presets?: readonly string[]
}

const own = { names: [projectFile, lockFile], endings: [] }

/**
 * Reads a repository. A run that writes first finishes what an interrupted one began; for others that is a Problem (exit 6).
 * `choose` is asked when several projects stand side by side.
 */
export async function openSession(root: string, answers: Chosen, { writes, choose, presets: added = [] }: Opening): Promise<Session> {
  const folder = await rootFolder(root)
  if (writes) await recover(folder)
  else if (isInterrupted(folder)) throw interruptedWrite()
  const tree = await patiently('Reading the repository', scan(folder, [...reads, composeReads, own]))
  const projectText = ownText(tree, projectFile, 'project-invalid', exitCodes.usage)
  const project = projectText === undefined ? noProject : (await import('../choose/project.ts')).readProject(projectText)
  const lockText = ownText(tree, lockFile, 'lock-invalid', exitCodes.irreconcilable)
  const lock = lockText === undefined ? noLock : (await import('../reconcile/read-lock.ts')).readLock(lockText, sha256)
  const wanted = answers.ecosystem?.value ?? project.chosen.ecosystem?.value
  const found = await pick(await withCompose(withoutOurs(tree, lock)), wanted, lock.facts.get('ecosystem')?.value, choose)
  log(`detected ${found.app.ecosystem}`)
  const refs = [...project.extends, ...added.filter((ref) => !project.extends.some((named) => named.ref === ref)).map(asRef)]
  const presets = refs.length === 0 ? undefined : await (await import('./presets.ts')).layersOf(refs, found.app, project.waivers)
  return { folder, found, project: project.chosen, extends: refs, added, waivers: project.waivers, presets, projectText, answers, lock }
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
  const all = candidates(recognised.length > 0 ? recognised : recognise(tree, detectors, wanted))
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

/** What we wrote shows nothing about the project. */
function withoutOurs(tree: Tree, { bases }: Lock): Tree {
  return { ...tree, texts: new Map([...tree.texts].filter(([path]) => !bases.has(path))) }
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

/** The questions that are open. */
export function questionsOf({ found, project, answers }: Session): ReturnType<typeof openQuestions> {
  return openQuestions(found.app, project, answers)
}

/** What would become of every file. With `only`, of these sets. */
export async function propose(session: Session, policy: Policy, only?: ReadonlySet<Artifact['set']>): Promise<Proposal> {
  const { choices, plan, artifacts } = produce(session.found, session.project, session.answers, targetsFor(policy.decided), session.presets)
  const answers = { ...onlyShownBy(artifacts, choices, session.lock, policy), ...session.answers }
  const all = [...artifacts, await projectArtifact(session, answers)].filter((a) => only?.has(a.set) ?? true)
  const onDisk = readOnDisk(session.folder, [...all.map((a) => a.path), ...session.lock.bases.keys()])
  const facts = factsOf({ ...choices, ...asWritten(answers) }, plan, sha256)
  const outcomes = reconcile(all, session.lock, onDisk, policy)
  log(`${all.length} files rendered and compared`)
  return { choices, facts, outcomes, secrets: plan.secrets }
}

/** What is built and run, in the places where the files are. */
export function planOf(session: Session): Plan {
  return producedNow(session).plan
}

/** What the repository gives now, in the places of the files that were written. */
export function producedNow({ found, project, answers, lock, presets }: Session): Produced {
  return produce(found, project, answers, targetsFor(decidedBefore(lock)), presets)
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
export async function writeAll({ folder, lock }: Session, { outcomes, facts, secrets }: Proposal): Promise<SecretsMade | undefined> {
  const files = secrets.length === 0 ? undefined : await import('./secret-files.ts')
  await writeWithLock(folder, nextLock(lock, outcomes, facts, version), outcomes, files?.ignoreChange(folder, secrets, outcomes))
  return files?.secretsFor(folder, secrets, outcomes)
}

/** Writes outcomes together with a lock. */
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
