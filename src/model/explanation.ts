import type { Evidence, Origin } from './evidence.ts'
import type { OptionKey, OptionValues } from './options.ts'
import type { Rule } from './rule.ts'

/** Why a line is there. */
export interface Explanation {
  readonly file: string
  readonly line: number
  readonly text: string
  /** `tool`: as it was written. `edited`: a person changed what was written. `person`: a person added it. */
  readonly author: 'tool' | 'edited' | 'person'
  /** What the tool wrote in its place. */
  readonly written?: string
  /** What the tool would write there now; null when it would write nothing. Absent when that is the same. */
  readonly pending?: string | null
  readonly rule?: Rule
  /** The options that the line depends on. */
  readonly values: readonly ExplainedValue[]
  /** What else showed that the project needs it. */
  readonly seen: readonly Evidence[]
}

export interface ExplainedValue {
  readonly option: OptionKey
  readonly value: OptionValues[OptionKey]
  readonly from: Origin
  readonly because: readonly Evidence[]
}
