import { parsed } from '../choose/options.ts'
import { titleOf } from '../ecosystems/index.ts'
import { edit, input, select } from '../edge/ask/ask.ts'
import { printError } from '../edge/terminal.ts'
import type { Question } from '../model/app.ts'
import type { Decided, Outcome, Piece, Policy } from '../model/artifact.ts'
import type { Found } from '../model/ecosystem.ts'
import type { Chosen, OptionKey } from '../model/options.ts'
import { Problem } from '../model/problem.ts'
import { markerLine, textOf, withMarkers } from '../reconcile/merge.ts'
import { unifiedDiff } from '../report/diff.ts'
import { outcomesText, place } from '../report/human.ts'
import { type Proposal, propose, type Session } from './session.ts'

// What init asks a person. Loaded only when there is something to ask.

/** Which of several projects is meant. */
export async function askApp(apps: readonly Found[]): Promise<Found> {
  return select(
    'This folder holds several projects. Which one shall run in the container?',
    apps.map((found) => ({ name: `${titleOf(found.app.ecosystem)}  (${place(found.app.because[0])})`, value: found })),
  )
}

/** The answers to what the files leave open, and to where the source code is published when they do not say. */
export async function askQuestions(questions: readonly Question[], known: Chosen): Promise<Chosen> {
  const answers: Record<string, unknown> = {}
  for (const question of questions) answers[question.key] = parsed(question.key, await answerTo(question), 'answer')
  if (known.source === undefined) {
    const address = await input('Where is the source code published? It becomes a label of the image (an address, or nothing):', (text) =>
      accepted('source', text),
    )
    if (address !== '') answers['source'] = parsed('source', address, 'answer')
  }
  return answers
}

const other = ''

async function answerTo(question: Question): Promise<string> {
  const seen = question.candidates.map((c) => ({ name: `${c.value}  (${c.because.map(place).join(', ')})`, value: c.value }))
  const picked = seen.length === 0 ? other : await select(question.why, [...seen, { name: 'something else', value: other }])
  return picked === other
    ? input(`${question.key}:`, (text) => (text.trim() === '' ? 'Say something.' : accepted(question.key, text)))
    : picked
}

function accepted(key: OptionKey, text: string): true | string {
  try {
    if (text.trim() !== '') parsed(key, text.trim(), 'answer')
    return true
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
}

/** What to do with a set of files that a person wrote: shows the difference first. */
export async function askConflict(left: readonly Outcome[]): Promise<Decided> {
  for (const outcome of left)
    printError(outcome.before === undefined ? '' : `${unifiedDiff(outcome.path, outcome.before, outcome.content)}\n`)
  const names = [...new Set(left.map((o) => o.blockedBy ?? o.path))].join(' and ')
  return select<Decided>(`${names}: not written by secure-docker. What shall happen?`, [
    { name: 'write ours beside it', value: 'beside' },
    { name: 'leave it as it is', value: 'leave' },
    ...(left.every((o) => o.before !== undefined)
      ? [{ name: 'keep it, and have it follow the stack from now on (adopt)', value: 'adopt' } as const]
      : []),
    { name: 'replace it (the old one is kept)', value: 'replace' },
  ])
}

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

/** Shows what would be written, and a file's text on demand. False: stop without writing. */
export async function confirm(outcomes: readonly Outcome[]): Promise<boolean> {
  printError(outcomesText(outcomes))
  for (;;) {
    const choice = await select<'write' | 'stop' | Outcome>('Write these files?', [
      { name: 'write', value: 'write' },
      ...outcomes.map((outcome) => ({ name: `show ${outcome.path}`, value: outcome })),
      { name: 'stop, write nothing', value: 'stop' },
    ])
    if (choice === 'write') return true
    if (choice === 'stop') return false
    printError(
      choice.before === undefined
        ? `${choice.content}\n`
        : `${unifiedDiff(choice.path, choice.before, choice.content) || choice.content}\n`,
    )
  }
}
