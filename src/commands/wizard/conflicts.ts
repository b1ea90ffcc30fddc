import { edit, select } from '../../edge/ask/ask.ts'
import type { Choice } from '../../edge/ask/choice.ts'
import { columns, printError, printProse, rows } from '../../edge/terminal.ts'
import type { Decided, Outcome, Piece, Policy } from '../../model/artifact.ts'
import { markerLine, textOf, withMarkers } from '../../reconcile/merge.ts'
import { type Proposal, propose } from '../proposal.ts'
import type { Session } from '../session.ts'

/** What to do with a set of files that a person wrote: shows the difference first, or where it is longer than the screen, on demand. */
export async function askConflict(session: Session, left: readonly Outcome[]): Promise<Decided> {
  const { patchText, servicesText } = await import('../rivals.ts')
  const diffs = patchText(session, left)
  const isLong = lineCount(diffs) > rows() - spare
  if (isLong) printProse(left.map(lengths).join(''))
  printError(`${isLong ? '' : diffs}\n${servicesText(session, left, columns())}`)
  const names = [...new Set(left.map((o) => o.blockedBy ?? o.path))].join(' and ')
  const asked = { message: `You have ${names} already, not from secure-docker. What shall happen?`, more: aboutConflict }
  const choices: readonly Choice<Decided | 'show'>[] = [
    { name: 'Keep yours, write ours beside it (as *.hardened)', value: 'beside' },
    { name: 'Keep yours, leave ours out', value: 'leave' },
    ...(left.every((o) => o.before !== undefined)
      ? [{ name: 'Keep yours, and let later updates bring in what changes (adopt)', value: 'adopt' } as const]
      : []),
    { name: 'Use ours instead (update --undo brings yours back)', value: 'replace' },
    ...(isLong ? [{ name: 'Show the difference first', value: 'show' } as const] : []),
  ]
  for (;;) {
    const picked = await select(asked, choices)
    if (picked !== 'show') return picked
    printError(`\n${diffs}`)
  }
}

// Lines that the question and its choices take.
const spare = 10

function lineCount(text: string): number {
  return text.split('\n').length - 1
}

function lengths({ path, before, content }: Outcome): string {
  return before === undefined ? '' : `${path}: yours has ${lineCount(before)} lines, ours ${lineCount(content)}\n`
}

const aboutConflict = `Beside it: ours is written as Dockerfile.hardened or compose.hardened.yaml; yours stays what Docker takes.
Leave: nothing is written that goes with it.
Adopt: your text stays; later runs of secure-docker update bring in what changes, and keep your lines.
Replace: ours takes its place; secure-docker update --undo brings yours back.`

/** Has a person settle every conflict, and proposes again. Files that nobody settled stay in conflict. */
export async function askPieces(session: Session, policy: Policy, proposal: Proposal): Promise<Proposal> {
  const conflicts = proposal.outcomes.filter((o) => o.action === 'conflict')
  if (conflicts.length === 0) return proposal
  const settled = new Map(policy.settled)
  for (const { path, pieces } of conflicts) {
    const text = await settle(path, pieces ?? [])
    if (text !== undefined) settled.set(path, text)
  }
  return propose(session, { ...policy, settled }, new Set(proposal.outcomes.map((o) => o.set)))
}

/** The text of one file with its conflicts settled one by one; undefined when it is left for later. */
async function settle(path: string, pieces: readonly Piece[]): Promise<string | undefined> {
  const chosen: Piece[] = []
  for (const piece of pieces) {
    if ('lines' in piece) {
      chosen.push(piece)
      continue
    }
    const side = (title: string, lines: readonly string[]): string => `${title}:\n${lines.map((line) => `  ${line}\n`).join('')}`
    printError(`\n${path}\n${side('yours', piece.mine)}${side('secure-docker', piece.theirs)}`)
    const how = await select('Both changed these lines. Which shall stand?', [
      { name: 'yours', value: 'mine' },
      { name: "secure-docker's", value: 'theirs' },
      { name: 'both, yours first', value: 'both' },
      { name: 'edit the file', value: 'edit' },
      { name: 'decide later', value: 'later' },
    ] as const)
    if (how === 'later') return undefined
    if (how === 'edit') return edited(path, pieces)
    chosen.push({ lines: how === 'mine' ? piece.mine : how === 'theirs' ? piece.theirs : [...piece.mine, ...piece.theirs] })
  }
  return textOf(chosen, () => [])
}

async function edited(path: string, pieces: readonly Piece[]): Promise<string | undefined> {
  const text = await edit(`${path}: keep what you want, remove the marks`, withMarkers(pieces))
  return markerLine(text) === undefined ? text : undefined
}
