import type { Plan } from '../model/plan.ts'
import type { Rule, RuleId } from '../model/rule.ts'
import { marked, written } from './cite.ts'
import { render } from './render.ts'

/** A line of an artifact with the rule that it follows. Empty lines follow none. */
export interface TracedLine {
  readonly text: string
  readonly rule: RuleId | undefined
}

/** The lines of every artifact of a plan, by path: the plan is rendered a second time, with marks where its rules are cited. */
export function trace(plan: Plan, rules: Readonly<Record<RuleId, Rule>>): ReadonlyMap<string, readonly TracedLine[]> {
  const traced = render(plan, marked(rules))
  const texts = render(plan, written(rules))
  return new Map(texts.map(({ path, content }, i) => [path, tracedLines(path, lines(content), lines(traced[i]?.content ?? ''))]))
}

function tracedLines(path: string, texts: readonly string[], traced: readonly string[]): readonly TracedLine[] {
  // Only where the two differ: a name in the repository may look like a mark.
  const marks = traced.map((line, i) => (line === texts[i] ? undefined : (line.match(/⟦([a-z\d-]+)⟧$/)?.[1] as RuleId | undefined)))
  const rules = /\.ya?ml$/.test(path) ? byIndent(texts, marks) : byParagraph(texts, marks)
  return texts.map((text, i) => ({ text, rule: rules[i] }))
}

/** A mark holds for the lines between two empty ones, in files of instructions and patterns. */
function byParagraph(texts: readonly string[], marks: readonly (RuleId | undefined)[]): readonly (RuleId | undefined)[] {
  const paragraph = (i: number): string => String(texts.slice(0, i).filter((text) => text === '').length)
  const found = new Map(marks.flatMap((mark, i) => (mark === undefined ? [] : [[paragraph(i), mark] as const])))
  return texts.map((text, i) => (text === '' ? undefined : found.get(paragraph(i))))
}

/** A mark holds for its own line and the deeper ones below it; that of a comment for the next line too. The nearest one counts. */
function byIndent(texts: readonly string[], marks: readonly (RuleId | undefined)[]): readonly (RuleId | undefined)[] {
  const open: { readonly indent: number; readonly rule: RuleId | undefined }[] = []
  let above: RuleId | undefined
  return texts.map((text, i) => {
    const indent = text.search(/\S/)
    if (indent === -1) return undefined
    const isComment = text.trimStart().startsWith('#')
    const rule = marks[i] ?? above
    above = isComment ? rule : undefined
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop()
    if (isComment) return rule
    open.push({ indent, rule: rule ?? open.at(-1)?.rule })
    return open.at(-1)?.rule
  })
}

function lines(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n')
}
