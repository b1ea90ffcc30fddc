import { diff3Merge } from 'node-diff3'
import type { Piece } from '../model/artifact.ts'

/**
 * Three-way merge of texts with LF line ends, by lines. Pieces with both sides stand only where both changed the same or touching
 * lines in different ways; all else is settled.
 */
export function mergeThree(mine: string, base: string, theirs: string): readonly Piece[] {
  const regions = diff3Merge(linesOf(mine), linesOf(base), linesOf(theirs), { excludeFalseConflicts: true })
  return regions.map((region): Piece => {
    if (region.conflict === undefined) return { lines: region.ok ?? [] }
    const { a, o, b } = region.conflict
    return { mine: a, base: o, theirs: b }
  })
}

/** Whether a merge left something to be decided. */
export function isConflicted(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => !('lines' in piece))
}

/** The text of a merge, each conflict settled by `choose`. */
export function textOf(
  pieces: readonly Piece[],
  choose: (piece: Exclude<Piece, { readonly lines: readonly string[] }>) => readonly string[],
): string {
  return pieces
    .flatMap((piece) => ('lines' in piece ? piece.lines : choose(piece)))
    .map((line) => `${line}\n`)
    .join('')
}

/** The text with each conflict between the marks that git uses. */
export function withMarkers(pieces: readonly Piece[]): string {
  return textOf(pieces, ({ mine, theirs }) => [`${start} yours`, ...mine, middle, ...theirs, `${end} secure-docker`])
}

/** The line, from 1, of the first mark of an unresolved conflict. */
export function markerLine(text: string): number | undefined {
  const at = text.split('\n').findIndex((line) => line.startsWith(`${start} `) || line.startsWith(`${end} `))
  return at === -1 ? undefined : at + 1
}

const start = '<<<<<<<'
const middle = '======='
const end = '>>>>>>>'

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}
