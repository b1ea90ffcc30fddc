/** What can be chosen. */
export interface Choice<T> {
  readonly name: string
  readonly value: T
}

/** One of several that can be chosen together; those that are marked are so at first. */
export interface MarkedChoice<T> extends Choice<T> {
  readonly marked: boolean
}
