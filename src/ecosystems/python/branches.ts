import type { Evidence } from '../../model/evidence.ts'
import { evidenceAt } from '../search.ts'

/** Whether a line of Python stands in a branch, whatever dictionaries and calls it is nested in. */
export function inBranch(text: string, index: number): { readonly line: string } | undefined {
  const lines = text.slice(0, index + 1).split('\n')
  let indent = indentOf(text.slice(text.lastIndexOf('\n', index) + 1))
  for (const line of lines.slice(0, -1).reverse()) {
    if (line.trim() === '' || line.trim().startsWith('#') || indentOf(line) >= indent) continue
    indent = indentOf(line)
    if (/^\s*(?:if|elif|else|try|except)\b|\bsuppress\(/.test(line)) return { line: line.trim() }
    if (indent === 0) break
  }
  return undefined
}

function indentOf(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0
}

/** Evidence for an index, or undefined in a comment. */
export function evidenceIn(file: string, text: string, index: number): Evidence | undefined {
  const because = evidenceAt(file, text, index)
  return because.saw.startsWith('#') ? undefined : because
}
