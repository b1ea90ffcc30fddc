import type { Rule, RuleId } from '../model/rule.ts'

/** What a template writes for a rule. */
export interface Citations {
  /** The words of its comment. */
  readonly why: Readonly<Record<RuleId, string>>
  /** What marks a line that follows a rule without a comment above it: nothing, but for an explanation. */
  readonly cite: Readonly<Record<RuleId, string>>
}

/** The rules as they stand in the files. */
export function written(rules: Readonly<Record<RuleId, Rule>>): Citations {
  return { why: each(rules, (rule) => rule.comment ?? ''), cite: each(rules, () => '') }
}

/** The rules' ids in their place. The same plan gives the same lines, so that each line of ours can be traced to its rule. */
export function marked(rules: Readonly<Record<RuleId, Rule>>): Citations {
  const marks = each(rules, ({ id }) => `⟦${id}⟧`)
  return { why: marks, cite: marks }
}

function each(rules: Readonly<Record<RuleId, Rule>>, text: (rule: Rule) => string): Readonly<Record<RuleId, string>> {
  return Object.fromEntries(Object.values(rules).map((rule) => [rule.id, text(rule)])) as Record<RuleId, string>
}
