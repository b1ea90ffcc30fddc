import type { Outcome } from '../model/artifact.ts'
import { diffText, type Paint, unifiedDiff } from './diff.ts'
import { outcomeWords } from './human.ts'
import { table } from './table.ts'

/** The tree of files, each with what would become of it. */
export function previewText(outcomes: readonly Outcome[], width: number): string {
  const rows = outcomes.map((outcome, i): readonly [string, string, string] => {
    const folder = folderOf(outcome.path)
    const isNext = folder !== '' && folder === folderOf(outcomes[i - 1]?.path ?? '')
    return [isNext ? `${' '.repeat(folder.length)}${outcome.path.slice(folder.length)}` : outcome.path, becomes(outcome), '']
  })
  return table(rows, width).replace(/ +$/gm, '')
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** `new, 61 lines`; `changed: 3 lines added, 1 removed`; `untouched`. */
export function becomes(outcome: Outcome): string {
  const { action, before, content, merged } = outcome
  if (action === 'create' && before === undefined) return `new, ${lineCount(content)}`
  if (action === 'same') return 'untouched'
  if (!['create', 'update', 'replace', 'merge'].includes(action)) return outcomeWords(outcome)
  const lines = unifiedDiff(outcome.path, before ?? '', merged ?? content)
    .split('\n')
    .slice(2)
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length
  const kept = action === 'merge' ? '; your edits stay' : ''
  return `${action === 'replace' ? 'replaced' : 'changed'}: ${lineWord(count('+'))} added, ${count('-')} removed${kept}`
}

function lineCount(text: string): string {
  return lineWord(text.replace(/\n$/, '').split('\n').length)
}

function lineWord(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`
}

/** The text of a new file, or how one that is there changes. */
export function fileText(outcome: Outcome, paint: Paint): string {
  const { path, before, content, merged } = outcome
  const seen: Outcome = { ...outcome, content: visible(merged ?? content), ...(before !== undefined && { before: visible(before) }) }
  const { merged: _, ...shown } = seen
  const difference = before === undefined ? '' : diffText([shown], paint)
  return `\n${difference === '' ? coloured(path, shown.content, paint) : difference}\n`
}

/** Comments are dim; instructions and keys are coloured. Nothing is said by colour alone. */
function coloured(path: string, text: string, paint: Paint): string {
  const word = /(?:^|\/)Dockerfile[^/]*$/.test(path) ? /^[A-Z]+(?= )/ : /^(?:\s*- )?\s*[\w.-]+(?=: |:$|\s*=)/
  return text
    .split('\n')
    .map((line) => (/^\s*#/.test(line) ? paint.dim(line) : line.replace(word, (found) => paint.name(found))))
    .join('\n')
}

/** Text for a terminal, which must not obey what stands in a file. */
function visible(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '?')
}
