import { differences } from '../compose/differences.ts'
import type { Outcome } from '../model/artifact.ts'
import { unifiedDiff } from '../report/diff.ts'
import { differencesText } from '../report/differences.ts'
import type { Session } from './session.ts'

type Texts = Pick<Session, 'texts'>

/** What ours would make of each service of the compose file that is in the way. */
export function servicesText(session: Texts, outcomes: readonly Outcome[], width: number): string {
  return outcomes
    .filter(({ set }) => set === 'compose')
    .map((outcome) => {
      const rival = rivalOf(session, outcome)
      return rival === undefined ? '' : differencesText(rival.file, outcome.path, differences(rival, outcome.content), width)
    })
    .join('')
}

/** The difference between files that are in the way and ours, as a patch. */
export function patchText(session: Texts, outcomes: readonly Outcome[]): string {
  return outcomes
    .map((outcome) => {
      const rival = rivalOf(session, outcome)
      return rival === undefined ? '' : unifiedDiff(rival.file, rival.text, outcome.content)
    })
    .join('')
}

/** The file that a person wrote in its place, or under a name that ours would shadow. */
function rivalOf(
  { texts }: Texts,
  { path, before, reason, blockedBy }: Outcome,
): { readonly file: string; readonly text: string } | undefined {
  if (reason !== 'not-ours' && reason !== 'shadowed') return undefined
  const file = blockedBy ?? path
  const text = blockedBy === undefined ? before : texts.get(blockedBy)
  return text === undefined ? undefined : { file, text }
}
