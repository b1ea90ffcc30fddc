import { parseArgs } from 'node:util'

/** A flag of a command line. */
export interface Flag {
  readonly name: string
  /** Its one letter. */
  readonly short?: string
  readonly takesText: boolean
  /** May be given several times: its value is a list. */
  readonly repeats: boolean
}

/** Flags and other words of a command line; undefined when it holds anything but what the flags say, each once. */
export function readWords(
  argv: readonly string[],
  flags: readonly Flag[],
): { readonly values: readonly (readonly [string, unknown])[]; readonly words: readonly string[] } | undefined {
  const options = Object.fromEntries(
    flags.map(({ name, short, takesText, repeats }) => [
      name,
      { type: takesText ? 'string' : 'boolean', multiple: repeats, ...(short !== undefined && { short }) } as const,
    ]),
  )
  try {
    const { values, positionals, tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, tokens: true })
    const given = tokens.flatMap((token) => (token.kind === 'option' && options[token.name]?.multiple !== true ? [token.name] : []))
    if (new Set(given).size < given.length || tokens.some(({ kind }) => kind === 'option-terminator')) return undefined
    return { values: Object.entries(values), words: positionals }
  } catch {
    return undefined
  }
}
