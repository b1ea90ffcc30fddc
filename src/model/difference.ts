/** What becomes of a service of a person's compose file in ours: which of its keys change, come and go. */
export type Difference =
  | { readonly service: string; readonly there: false }
  | {
      readonly service: string
      readonly there: true
      /** Of keys whose values say nothing secret. */
      readonly changed: readonly { readonly key: string; readonly before?: string; readonly after?: string }[]
      readonly added: readonly string[]
      readonly dropped: readonly string[]
    }
