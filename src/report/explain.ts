import type { ExplainedValue, Explanation } from '../model/explanation.ts'
import type { OptionKey } from '../model/options.ts'
import type { Rule } from '../model/rule.ts'
import { oneLine } from '../model/text.ts'
import { place } from './human.ts'

/** A practice as it is told: its number, what it asks for, and who asks for it. */
export interface ToldPractice {
  readonly number: number
  readonly title: string
  readonly source: string
}

type Row = readonly [label: string, text: string]

/** Why a line is there, for people. */
export function explanationText(told: Explanation, practices: readonly ToldPractice[]): string {
  const { file, line, text, rule } = told
  const head = `${oneLine(file)}:${line}  ${oneLine(text)}\n`
  if (told.author === 'person') return `${head}${rowsText(personRows(told))}`
  const rows = [
    ...authorRows(told),
    ...(rule === undefined
      ? []
      : ruleRows(
          rule,
          practices,
          valueRows(told),
          told.values.map(({ option }) => option),
        )),
  ]
  return `${head}${rule === undefined ? '' : titleOf(rule)}${rowsText(rows)}`
}

/** A rule without a place, for people. */
export function ruleText(rule: Rule, practices: readonly ToldPractice[]): string {
  return `${titleOf(rule)}${rowsText(ruleRows(rule, practices, [], rule.options))}`
}

/** A practice with the rules that follow it, for people. */
export function practiceText(practice: ToldPractice & { readonly realised: string }, rules: readonly Rule[]): string {
  const { number, title, source, realised } = practice
  const rows = [
    ['source', source],
    ['where', realised],
    ...rules.map(({ id, title: what }) => ['rule', `${id}: ${what}`] as const),
  ] as const
  return `Practice ${number}: ${title}\n${rowsText(rows)}`
}

/** Every rule by its id, a line each. */
export function rulesText(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length))
  return rules.map(({ id, title }) => `${id.padEnd(width)}  ${title}\n`).join('')
}

function titleOf({ id, title }: Rule): string {
  return `${title} (${id})\n`
}

function personRows({ values }: Explanation): readonly Row[] {
  const [chosen] = values
  if (chosen === undefined) return [['who', 'You wrote this line. secure-docker keeps it.']]
  return [
    ['who', `A choice of this repository for ${chosen.option}: it overrules what is detected.`],
    ['change', 'Set another value, or take the line out to go back to what is detected; then run secure-docker update.'],
  ]
}

function authorRows({ author, written, pending }: Explanation): readonly Row[] {
  const rows: Row[] = []
  if (author === 'edited') rows.push(['who', `You changed this line. secure-docker wrote: ${oneLine(written ?? '')}`])
  if (pending === null) rows.push(['now', 'The repository has changed: secure-docker update would take it out, or write it differently.'])
  else if (pending !== undefined) rows.push(['now', `secure-docker update would write: ${oneLine(pending)}`])
  return rows
}

function valueRows({ values, seen }: Explanation): readonly Row[] {
  const places = [...new Set(seen.map((evidence) => `${place(evidence)}  ${oneLine(evidence.saw)}`))]
  return [...values.map((value): Row => ['from', valueText(value)]), ...places.map((text): Row => ['from', text])]
}

function valueText({ option, value, from, because }: ExplainedValue): string {
  const [first] = because
  const origin = first === undefined ? from : `${place(first)}  ${oneLine(first.saw)}`
  return `${option} ${oneLine(typeof value === 'object' ? JSON.stringify(value) : String(value))}: ${origin}`
}

function ruleRows(rule: Rule, practices: readonly ToldPractice[], values: readonly Row[], options: readonly OptionKey[]): readonly Row[] {
  const flags = options.length === 0 ? [] : [`Set ${options.join(', ')} in secure-docker.toml, then run secure-docker update.`]
  const change = [...flags, ...(rule.change === undefined ? [] : [rule.change]), 'An edit of the line stays: update keeps it.']
  return [
    ...(rule.comment === undefined ? [] : [['why', rule.comment] as const]),
    ['without', rule.without],
    ...values,
    ...practices.map(({ number, title, source }) => ['practice', `${number} ${title} (${source})`] as const),
    ...change.map((text) => ['change', text] as const),
  ]
}

/** Rows under each other; a label that repeats is written once. */
function rowsText(rows: readonly Row[]): string {
  return rows.map(([label, text], i) => `  ${(rows[i - 1]?.[0] === label ? '' : label).padEnd(8)}  ${text}\n`).join('')
}
