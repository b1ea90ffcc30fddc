import type { App } from '../model/app.ts'
import type { ExplainedValue, Explanation } from '../model/explanation.ts'
import type { Choices, Chosen, OptionKey } from '../model/options.ts'
import type { Rule, RuleId } from '../model/rule.ts'
import { counterpart } from './lines.ts'

/** A line of a file, from 1, with the three texts that tell where it comes from, by lines. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly onDisk: readonly string[]
  /** As it was written last. */
  readonly base: readonly string[]
  /** As it would be written now, with the rule of each line. */
  readonly fresh: readonly { readonly text: string; readonly rule: RuleId | undefined }[]
}

/** Who wrote a line, after which rule, and what showed its values. */
export function explain(place: Place, rules: Readonly<Record<RuleId, Rule>>, app: App, choices: Choices): Explanation {
  const { file, line, onDisk, base, fresh } = place
  const text = onDisk[line - 1] ?? ''
  const mine = { file, line, text, values: [], seen: [] }
  const written = counterpart(onDisk, base, line - 1)
  if (written === undefined) return { ...mine, author: 'person' }
  const now = counterpart(
    base,
    fresh.map((l) => l.text),
    written.at,
  )
  const traced = now === undefined ? undefined : fresh[now.at]
  const rule = traced?.rule === undefined ? undefined : rules[traced.rule]
  return {
    ...mine,
    ...(written.same ? { author: 'tool' } : { author: 'edited', written: base[written.at] ?? '' }),
    ...(now?.same !== true && { pending: traced?.text ?? null }),
    ...(rule !== undefined && { rule, values: valuesOf(rule, choices, traced?.text ?? ''), seen: rule.seen?.(app) ?? [] }),
  }
}

/** A line of the project file: a choice of the repository, when a key stands there. */
export function explainChoice(file: string, line: number, text: string, project: Chosen): Explanation {
  const chosen = Object.entries(project).find(([, { because }]) => because[0]?.line === line)
  const values = chosen === undefined ? [] : [{ option: chosen[0] as OptionKey, ...chosen[1] }]
  return { file, line, text, author: 'person', values, seen: [] }
}

/** The options of a rule; only those that show in the line, when some do. */
function valuesOf(rule: Rule, choices: Choices, text: string): readonly ExplainedValue[] {
  const all = rule.options.flatMap((option) => {
    const { value, from, because } = choices[option] ?? {}
    if (value === undefined || from === undefined) return []
    return [{ option, value: typeof value === 'object' ? JSON.stringify(value) : value, from, because: because ?? [] }]
  })
  const shown = all.filter(({ value }) => text.includes(String(value)))
  return shown.length > 0 ? shown : all
}
