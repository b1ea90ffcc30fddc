import { parsed, projectFile, scalarKeys } from '../choose/options.ts'
import type { Project } from '../choose/project.ts'
import { composeReads, withCompose } from '../compose/files.ts'
import { ecosystemsFor, reads } from '../ecosystems/index.ts'
import { sha256 } from '../edge/crypto.ts'
import { log, patiently } from '../edge/log.ts'
import { rootFolder, scan } from '../edge/scan.ts'
import { isInterrupted, recover } from '../edge/write.ts'
import { interruptedWrite } from '../edge/write-problems.ts'
import type { Lock } from '../model/artifact.ts'
import type { Found } from '../model/ecosystem.ts'
import type { Chosen, EcosystemName } from '../model/options.ts'
import type { PresetLayers, PresetRef, Waiver } from '../model/preset.ts'
import { type ExitCode, exitCodes, Problem } from '../model/problem.ts'
import type { ProblemCode } from '../model/problem-codes.ts'
import type { Reads, Tree } from '../model/tree.ts'
import { ambiguous, candidates, recognise } from '../pipeline.ts'
import { lockFile, noLock } from '../reconcile/lock.ts'
import { asToldBefore } from '../reconcile/services.ts'
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

export const own: Reads = { names: [projectFile, lockFile], endings: [] }

/** Reads a repository. A run that writes first finishes what an interrupted one began; for others that is a Problem (exit 6). */
export async function openSession(root: string, answers: Chosen, opening: Opening): Promise<Session> {
  const folder = await rootFolder(root)
  if (opening.writes) await recover(folder)
  else if (isInterrupted(folder)) throw interruptedWrite()
  const tree = await patiently('Reading the repository', scan(folder, [...reads, composeReads, own]))
  const { project, projectText } = await projectIn(tree)
  const lock = await lockIn(tree)
  const wanted = answers.ecosystem?.value ?? project.chosen.ecosystem?.value
  const added = (await opening.follow?.(project.extends)) ?? []
  const refs = [...project.extends, ...added.map(asRef)]
  const sources = await presetsOf(folder, refs, lock, opening.freshness ?? 'kept')
  const seen = await withCompose(withoutOurs(tree, lock, sources?.local ?? []))
  const start = answers.start?.value ?? project.chosen.start?.value
  const picked = await pick(seen, { wanted, start }, lock.facts.get('ecosystem')?.value, opening.choose)
  const found = { ...picked, app: { ...picked.app, services: asToldBefore(picked.app.services, lock) } }
  log(`detected ${found.app.ecosystem}`)
  const presets = sources?.layersFor(found.app, project.waivers)
  const said = { project: project.chosen, extends: refs, added, waivers: project.waivers, projectText }
  return { folder, found, ...said, presets, sources, answers, lock, texts: seen.texts }
}

/** What the project file in a tree says, with its text. Throws a Problem (exit 2) where it cannot be read. */
export async function projectIn(tree: Tree): Promise<{ readonly project: Project; readonly projectText: string | undefined }> {
  const projectText = ownText(tree, projectFile, 'project-invalid', exitCodes.usage)
  const project = projectText === undefined ? noProject : (await import('../choose/project.ts')).readProject(projectText)
  return { project, projectText }
}

/** What was written last, as the lock in a tree says that reads our own files. */
export async function lockIn(tree: Tree): Promise<Lock> {
  const text = ownText(tree, lockFile, 'lock-invalid', exitCodes.irreconcilable)
  return text === undefined ? noLock : (await import('../reconcile/read-lock.ts')).readLock(text, sha256)
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
  { wanted, start }: { readonly wanted: EcosystemName | undefined; readonly start: string | undefined },
  last: string | undefined,
  choose: (all: readonly Found[]) => Promise<Found>,
): Promise<Found> {
  const detectors = await ecosystemsFor(tree)
  const recognised = recognise(tree, detectors, wanted ?? detectors.find(({ name }) => name === last)?.name, start)
  const all = candidates(recognised.length > 0 ? recognised : recognise(tree, detectors, wanted, start), tree)
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

/** What we wrote shows nothing about the project: what a person had there does. Its presets are no part of what runs. */
export function withoutOurs(tree: Tree, { bases, replaced }: Lock, presets: readonly string[]): Tree {
  const texts = new Map([...replaced, ...[...tree.texts].filter(([path]) => !bases.has(path))])
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
