import { sha256 } from '../edge/crypto.ts'
import { compileTemplates } from '../edge/presets/compile.ts'
import { fetchPreset } from '../edge/presets/fetch.ts'
import { readKept, readLocal } from '../edge/presets/local.ts'
import { readOnDisk } from '../edge/target.ts'
import type { App } from '../model/app.ts'
import type { FileChange, LockedFact } from '../model/artifact.ts'
import type { Compiled } from '../model/block.ts'
import {
  type PresetLayers,
  type PresetLookup,
  type PresetRef,
  type PresetSource,
  presetFile,
  type Resolved,
  type Waiver,
} from '../model/preset.ts'
import { Problem } from '../model/problem.ts'
import type { Pin, PresetFiles, Reference, RemoteReference } from '../model/reference.ts'
import type { BlocksFor } from '../pipeline.ts'
import { blocksOf, compiledBlocks } from '../presets/blocks.ts'
import { floorsWithout, idleWaivers } from '../presets/check.ts'
import { digestOf, keptFolder } from '../presets/kept.ts'
import { parsePreset } from '../presets/parse.ts'
import { parseReference, referenceText } from '../presets/reference.ts'
import { layersFor, resolvePresets } from '../presets/resolve.ts'
import { shippedPreset } from '../presets/shipped.ts'
import * as words from '../render/words.ts'
import { damaged, idleProblem, moved, notYet, unknown } from './preset-problems.ts'

/** Whether presets come from what is kept, are looked for anew, or are fetched anew even where nothing seems to have changed. */
export type Freshness = 'kept' | 'newest' | 'whole'

/** Checks the templates of blocks. */
type Compile = (templates: readonly string[]) => Promise<readonly Compiled[]>

type Pins = ReadonlyMap<string, Pin>

/** The presets of a repository, with what the lock and the folder beside it are to hold. */
export interface Presets {
  /** What they say about an app. Throws a Problem (exit 7) when a waiver has nothing to waive. */
  layersFor(app: App, waivers: readonly Waiver[]): PresetLayers
  readonly blocksFor: BlocksFor
  readonly pins: Pins
  /** Paths of those that lie in the repository. */
  readonly local: readonly string[]
  /** Texts by their path in the repository. */
  readonly kept: ReadonlyMap<string, string>
  readonly facts: ReadonlyMap<string, LockedFact>
}

const most = 200

/** All presets that the names lead to. Throws a Problem when one cannot be had: exit 8 where it cannot be fetched, 6 where it is not what was pinned. */
export async function loadPresets(
  folder: string,
  names: readonly PresetRef[],
  locked: Pins,
  freshness: Freshness,
  compile: Compile = compileTemplates,
): Promise<Presets> {
  const pins = new Map<string, Pin>()
  const kept = new Map<string, string>()
  const facts = new Map<string, LockedFact>()
  const local: string[] = []
  const get = async (reference: Reference, because: PresetRef['because']): Promise<PresetSource> => {
    const name = referenceText(reference)
    const { source, pin } = await sourceOf(folder, reference, because, locked, freshness)
    const seen = source.digest?.slice(0, 12) ?? ''
    if (reference.kind === 'local') {
      local.push(reference.path)
      facts.set(`preset ${name}`, { value: seen, file: reference.path || presetFile, seen })
    }
    if (pin === undefined) return source
    pins.set(name, pin)
    for (const [path, text] of source.files) kept.set(`${keptFolder(name, sha256)}/${path}`, text)
    facts.set(`preset ${name}`, { value: pin.version ?? seen, seen })
    return source
  }
  const resolved = resolvePresets(names, await gathered(names, get))
  return {
    layersFor: (app, waivers) => waived(layersFor(resolved, app), waivers),
    blocksFor: await blocksFor(resolved, compile),
    pins,
    local,
    kept,
    facts,
  }
}

/** One preset from where its name leads, with its pin where it had to be fetched. Throws a Problem when it cannot be had, as `loadPresets` does. */
export async function sourceOf(
  folder: string,
  reference: Reference,
  because: PresetRef['because'],
  locked: Pins,
  freshness: Freshness,
): Promise<{ readonly source: PresetSource; readonly pin?: Pin }> {
  const name = referenceText(reference)
  if (reference.kind === 'shipped') {
    const source = shippedPreset(name)
    if (source === undefined) throw unknown(name, because)
    return { source }
  }
  if (reference.kind === 'local') {
    const files = await readLocal(folder, name, reference.path)
    return { source: { ref: name, digest: digestOf(files, sha256), files } }
  }
  const known = locked.get(name)
  const { pin, files } =
    freshness === 'kept' ? await fromKept(folder, name, known, because) : await fresh(folder, reference, known, freshness)
  return { source: { ref: referenceText(reference, pin.exact ? pin.version : undefined), digest: pin.digest, files }, pin }
}

function waived(layers: PresetLayers, waivers: readonly Waiver[]): PresetLayers {
  const [idle] = idleWaivers(layers.floors, waivers)
  if (idle !== undefined) throw idleProblem(idle)
  return { ...layers, floors: floorsWithout(layers.floors, waivers) }
}

/** Checks the templates of all blocks, whatever they are for, and gives what writes them. */
async function blocksFor({ presets }: Resolved, compile: Compile): Promise<BlocksFor> {
  const blocks = presets.flatMap(({ sections }) => sections.flatMap((section) => section.blocks))
  const results = blocks.length === 0 ? [] : await compile(blocks.map(({ template }) => template))
  const compiled = new Map(compiledBlocks(blocks, results).map((block) => [block.template, block.compiled]))
  return (wanted, choices) =>
    blocksOf(
      wanted.map((block) => ({ ...block, compiled: compiled.get(block.template) ?? [] })),
      choices,
      words,
    )
}

/** Follows all names, each preset once. */
async function gathered(
  names: readonly PresetRef[],
  get: (reference: Reference, because: PresetRef['because']) => Promise<PresetSource>,
): Promise<PresetLookup> {
  const found = new Map<string, PresetSource>()
  const queue: { readonly ref: PresetRef; readonly from?: Reference }[] = names.map((ref) => ({ ref }))
  for (const { ref, from } of queue) {
    const reference = named(ref, from)
    const name = referenceText(reference)
    if (found.has(name) || found.size >= most) continue
    const source = await get(reference, ref.because)
    found.set(name, source)
    queue.push(...parsePreset(source).extends.map((next) => ({ ref: next, from: parseReference(source.ref) })))
  }
  return (ref, from) => found.get(referenceText(parseReference(ref, from === undefined ? undefined : parseReference(from))))
}

/** A name as a reference. Throws a Problem with the line that it stands on. */
export function named({ ref, because }: PresetRef, from?: Reference): Reference {
  try {
    return parseReference(ref, from)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { file, line } = because
    throw new Problem({ ...error.text, file, ...(line === undefined ? {} : { line }) })
  }
}

interface Had {
  readonly pin: Pin
  readonly files: PresetFiles
}

async function fromKept(folder: string, name: string, pin: Pin | undefined, because: PresetRef['because']): Promise<Had> {
  if (pin === undefined) throw notYet(name, because)
  const files = await readKept(folder, name, keptFolder(name, sha256))
  if (digestOf(files, sha256) === pin.digest) return { pin, files }
  throw damaged(name, keptFolder(name, sha256))
}

async function fresh(folder: string, reference: RemoteReference, known: Pin | undefined, freshness: Freshness): Promise<Had> {
  const name = referenceText(reference)
  const { pin, files } = await fetchPreset(name, reference, folder, freshness === 'whole' ? undefined : known)
  if (files === undefined)
    return { pin: { ...pin, digest: known?.digest ?? '' }, files: (await fromKept(folder, name, known, { file: '', saw: '' })).files }
  const digest = digestOf(files, sha256)
  if (pin.exact && known?.version === pin.version && known?.digest !== undefined && known.digest !== digest)
    throw moved(name, known, digest)
  return { pin: { ...pin, digest }, files }
}

/** What has to change on disk so that these presets are kept, and nothing of those that were before. */
export async function keptChanges(folder: string, { kept }: Presets, locked: Pins): Promise<readonly FileChange[]> {
  const before = await Promise.all(
    [...locked.keys()].map(async (name) => {
      const at = keptFolder(name, sha256)
      return [...(await readKept(folder, name, at)).keys()].map((path) => `${at}/${path}`)
    }),
  )
  const paths = [...new Set([...kept.keys(), ...before.flat()])].sort()
  const { texts } = readOnDisk(folder, paths)
  return paths.flatMap((path): FileChange[] => {
    const [content, old] = [kept.get(path), texts.get(path)]
    if (content === old?.replaceAll('\r\n', '\n')) return []
    return [{ path, ...(content !== undefined && { content }), ...(old !== undefined && { before: old }) }]
  })
}
