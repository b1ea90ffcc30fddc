/** Where a value was seen: a file of the repository, the line (from 1), and the text that showed it. */
export interface Evidence {
  readonly file: string
  readonly line?: number
  readonly saw: string
}

/** Who decided a value. Each one overrules those before it; `force` is what a preset insists on. */
export type Origin = 'default' | 'preset' | 'detected' | 'project' | 'answer' | 'force'

/** A value together with who decided it and what showed it. */
export interface Sourced<T> {
  readonly value: T
  readonly from: Origin
  readonly because: readonly Evidence[]
}
