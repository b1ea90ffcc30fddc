import { createTwoFilesPatch, diffWordsWithSpace } from 'diff'
import type { Outcome } from '../model/artifact.ts'

/** How parts of a diff are shown. */
export interface Paint {
  added(text: string): string
  removed(text: string): string
  dim(text: string): string
  name(text: string): string
}

/** A unified diff from what is on disk to what would be written; empty when they are the same. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const text = before.replaceAll('\r\n', '\n').replace(/^\uFEFF/, '')
  if (text === after) return ''
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, text, after, undefined, undefined, { context: 3 }).replace(/^=+\n/, '')
}

/** What each outcome does to its file, as unified diffs. A conflict shows both sides between marks. With `paint`, changed words stand out. */
export function diffText(outcomes: readonly Outcome[], paint?: Paint): string {
  return outcomes
    .map((o) => {
      const after = o.action === 'remove' ? '' : (o.merged ?? (o.pieces === undefined ? o.content : bothSides(o.pieces)))
      const patch = o.action === 'leave' || o.action === 'keep' ? '' : unifiedDiff(o.path, o.before ?? '', after)
      return paint === undefined ? patch : painted(patch, paint)
    })
    .join('')
}

function bothSides(pieces: NonNullable<Outcome['pieces']>): string {
  const lines = pieces.flatMap((p) =>
    'lines' in p ? p.lines : ['<<<<<<< yours', ...p.mine, '=======', ...p.theirs, '>>>>>>> secure-docker'],
  )
  return lines.map((line) => `${line}\n`).join('')
}

/** Lines in colour; where one line takes the place of one other, only the words that differ. */
function painted(patch: string, paint: Paint): string {
  const lines = patch.split('\n')
  return lines
    .map((line, i) => {
      if (/^(?:---|\+\+\+|@@)/.test(line)) return paint.dim(line)
      const partner = replacedBy(lines, i)
      if (line.startsWith('-')) return partner === undefined ? paint.removed(line) : `-${words(line, partner, 'removed', paint)}`
      if (line.startsWith('+')) return partner === undefined ? paint.added(line) : `+${words(partner, line, 'added', paint)}`
      return line
    })
    .join('\n')
}

function replacedBy(lines: readonly string[], i: number): string | undefined {
  const kind = (at: number): string => lines[at]?.[0] ?? ''
  if (kind(i) === '-' && kind(i + 1) === '+' && kind(i - 1) !== '-' && kind(i + 2) !== '+') return lines[i + 1]
  if (kind(i) === '+' && kind(i - 1) === '-' && kind(i - 2) !== '-' && kind(i + 1) !== '+') return lines[i - 1]
  return undefined
}

function words(before: string, after: string, side: 'added' | 'removed', paint: Paint): string {
  const parts = diffWordsWithSpace(before.slice(1), after.slice(1))
  return parts.map((part) => (part[side] ? paint[side](part.value) : part.added || part.removed ? '' : part.value)).join('')
}
