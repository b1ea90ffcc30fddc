import type { Artifact, ArtifactSet, FileChange, Lock, LockedFact, OnDisk, Outcome, Policy } from '../model/artifact.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { isConflicted, markerLine, mergeThree, textOf, withMarkers } from './merge.ts'
import { rivalsOf, takesEffect } from './targets.ts'
import { canonical } from './text.ts'
import { withoutSecrets } from './told.ts'

/**
 * What becomes of each artifact, in their order, and of each file that is no longer needed. Sets are written or left as a whole;
 * a compose file is left where the Dockerfile that it builds is left, and a conflict in either holds back both.
 * Throws a Problem when a file still holds the marks of an earlier conflict.
 */
export function reconcile(artifacts: readonly Artifact[], lock: Lock, onDisk: OnDisk, policy: Policy): readonly Outcome[] {
  const alone = artifacts.map((artifact) => onItsOwn(artifact, lock, onDisk, policy))
  const conflict = alone.find((o) => o.action === 'conflict' && !policy.markers)
  const left = (set: ArtifactSet): Outcome | undefined => alone.find((o) => o.set === set && o.action === 'leave')
  const settled = alone.map((outcome) => {
    const held = outcome.set === 'compose' && policy.decided.compose !== 'replace' ? left('dockerfile') : undefined
    return outcome.set === 'project' ? outcome : heldBack(outcome, conflict ?? left(outcome.set) ?? held)
  })
  return [
    ...settled,
    ...replacedToo(settled, lock, onDisk, policy),
    ...(conflict === undefined ? noLongerNeeded(artifacts, lock, onDisk) : []),
  ]
}

/** What becomes of a file when nothing else is in its way. */
function onItsOwn(artifact: Artifact, lock: Lock, onDisk: OnDisk, policy: Policy): Outcome {
  const before = onDisk.texts.get(artifact.path)
  const base = lock.bases.get(artifact.path)
  if (lock.ejected.has(artifact.path)) return { ...artifact, action: 'ejected', ...(before !== undefined && { before }) }
  if (before === undefined) return absent(artifact, base, onDisk, policy)
  const known = { ...artifact, before }
  const now = canonical(before)
  if (now === artifact.content) return { ...known, action: 'same' }
  if (artifact.set === 'project' || now === base) return { ...known, action: 'update' }
  const decided = policy.decided[artifact.set]
  if (replaces(artifact.set, policy)) return { ...known, action: 'replace' }
  refuseMarkers(artifact.path, now)
  if (base !== undefined) return policy.merge ? edited(known, now, base, policy) : { ...known, action: 'leave', reason: 'edited' }
  return decided === 'adopt' ? { ...known, action: 'merge', merged: now } : { ...known, action: 'leave', reason: 'not-ours' }
}

function absent(artifact: Artifact, base: string | undefined, onDisk: OnDisk, policy: Policy): Outcome {
  if (base !== undefined && !policy.recreate) return { ...artifact, action: 'deleted' }
  const all = rivalsOf(artifact.path, onDisk.names)
  const may = replaces(artifact.set, policy)
  const blockedBy = may ? all.find((rival) => !takesEffect(rival)) : all[0]
  if (blockedBy === undefined) return { ...artifact, action: 'create' }
  return may ? { ...artifact, action: 'create', blockedBy } : { ...artifact, action: 'leave', reason: 'shadowed', blockedBy }
}

/** Whether ours take the place of what a person wrote. */
function replaces(set: ArtifactSet, { force, decided }: Policy): boolean {
  return force || (set !== 'project' && decided[set] === 'replace')
}

/** Files of a person that would change what ours say: they go when ours come for the first time in the place of what he wrote. */
function replacedToo(outcomes: readonly Outcome[], lock: Lock, onDisk: OnDisk, policy: Policy): readonly Outcome[] {
  const coming = outcomes.filter(
    (o) => !lock.bases.has(o.path) && (o.action === 'create' || o.action === 'replace') && replaces(o.set, policy),
  )
  return coming.flatMap(({ path, set }) =>
    rivalsOf(path, onDisk.names)
      .filter(takesEffect)
      .map((rival): Outcome => {
        const before = onDisk.texts.get(rival)
        return { path: rival, set, content: '', ...(before === undefined ? {} : { before }), action: 'remove', reason: 'replaced' }
      }),
  )
}

/** Ours, edited: untouched lines follow, edited lines stay. */
function edited(known: Artifact & { readonly before: string }, now: string, base: string, { markers, settled }: Policy): Outcome {
  const answer = settled.get(known.path)
  if (answer !== undefined) return { ...known, action: 'merge', merged: answer }
  const pieces = mergeThree(now, base, known.content)
  if (!isConflicted(pieces)) {
    const merged = textOf(pieces, () => [])
    return merged === now ? { ...known, action: 'same', merged } : { ...known, action: 'merge', merged }
  }
  return { ...known, action: 'conflict', pieces, ...(markers && { merged: withMarkers(pieces) }) }
}

const changing: ReadonlySet<string> = new Set(['create', 'update', 'replace', 'merge'])

/** An outcome that would change a file which must agree with another one that stays as it is. */
function heldBack(outcome: Outcome, blocker: Outcome | undefined): Outcome {
  if (blocker === undefined || blocker === outcome || !changing.has(outcome.action)) return outcome
  const { path, set, content, before } = outcome
  return {
    path,
    set,
    content,
    ...(before !== undefined && { before }),
    action: 'leave',
    reason: 'held',
    blockedBy: blocker.blockedBy ?? blocker.path,
  }
}

/** Files that were ours and are not wanted any more: removed when nobody touched them. */
function noLongerNeeded(artifacts: readonly Artifact[], lock: Lock, onDisk: OnDisk): readonly Outcome[] {
  const wanted = new Set(artifacts.map((a) => a.path))
  return [...lock.bases].flatMap(([path, base]): Outcome[] => {
    const before = onDisk.texts.get(path)
    if (wanted.has(path) || before === undefined) return []
    return [{ path, set: 'dockerfile', content: '', before, action: canonical(before) === base ? 'remove' : 'keep' }]
  })
}

function refuseMarkers(path: string, text: string): void {
  const line = markerLine(text)
  if (line === undefined) return
  throw new Problem({
    code: 'conflict-unresolved',
    exit: exitCodes.irreconcilable,
    message: `${path} still holds the marks of a conflict.`,
    file: path,
    line,
    fix: 'Keep the lines that you want, remove the marks, then run it again.',
  })
}

/**
 * The lock after the outcomes are on disk. A conflict leaves it as it is, and what was left keeps its base, so that nothing incoming
 * is lost; what a person deleted keeps it too, so that it is not written again. `told` are the files that detection read: what git does not
 * hold is not among them, and never gets into the lock.
 */
export function nextLock(
  lock: Lock,
  outcomes: readonly Outcome[],
  facts: ReadonlyMap<string, LockedFact>,
  tool: string,
  presets: Lock['presets'] = lock.presets,
  told: Pick<ReadonlySet<string>, 'has'> = new Set<string>(),
): Lock {
  if (outcomes.some((o) => o.action === 'conflict' && o.merged === undefined)) return lock
  const written = outcomes.filter((o) => o.set !== 'project' && (changing.has(o.action) || o.action === 'same' || o.merged !== undefined))
  const gone = new Set(outcomes.filter((o) => o.action === 'remove' || o.action === 'keep').map((o) => o.path))
  const bases = new Map([...lock.bases, ...written.map((o): [string, string] => [o.path, o.content])].filter(([path]) => !gone.has(path)))
  // While a file of ours is left, the facts and the version are those that it was made from.
  const settled = !outcomes.some((o) => o.action === 'leave' && bases.has(o.path))
  const replaced = new Map([...lock.replaced, ...outcomes.filter(({ path }) => told.has(path)).flatMap((o) => takenFrom(o, lock))])
  return { tool: settled ? tool : lock.tool, facts: settled ? facts : lock.facts, bases, ejected: lock.ejected, replaced, presets }
}

// With which both files begin: one whose lock is gone is not taken for a person's.
const ownHead = '# Written by secure-docker.'
// In characters: with more the lock would soon be longer than what is read of a file.
const longestKept = 65_536

/** What a person wrote where ours is now, or what went because of ours. What an earlier lock may have known as ours tells nothing. */
function takenFrom({ path, set, action, reason, before }: Outcome, { bases }: Lock): readonly (readonly [string, string])[] {
  const comes = action === 'replace' || action === 'merge' || (action === 'remove' && reason === 'replaced')
  if (!comes || set === 'project' || before === undefined || bases.has(path)) return []
  return before.startsWith(ownHead) || before.length > longestKept ? [] : [[path, withoutSecrets(canonical(before))]]
}

/** What to write, the lock last: it must never speak of files that are not there yet. Nothing when all is as it should be. */
export function changesOf(outcomes: readonly Outcome[], lock: FileChange): readonly FileChange[] {
  const files = outcomes.flatMap(({ path, action, content, merged, before }): FileChange[] => {
    if (action === 'remove') return [{ path, ...(before !== undefined && { before }) }]
    const writes = changing.has(action) || (action === 'conflict' && merged !== undefined)
    return writes ? [{ path, content: merged ?? content, ...(before !== undefined && { before }) }] : []
  })
  return lock.content === lock.before ? files : [...files, lock]
}
