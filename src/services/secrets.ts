import type { SecretPart, SecretPlan } from '../model/plan.ts'

/** Secrets that are to be written, with what belongs into each; and the names of those that only a person can write. */
export interface Missing {
  readonly files: readonly { readonly name: string; readonly text: string }[]
  readonly unknown: readonly string[]
}

/**
 * What is missing beside the files that are there. Values that those show are taken from them; others are made by `random`, one for
 * all secrets that share it. `example` stands in for what only a person knows.
 */
export function missingSecrets(
  secrets: readonly SecretPlan[],
  there: ReadonlyMap<string, string>,
  random: (length?: number) => string,
  example?: (name: string) => string,
): Missing {
  const values = new Map<string, string>()
  for (const { name, content = [] } of secrets) {
    for (const [key, value] of valuesIn(content, there.get(name))) if (!values.has(key)) values.set(key, value)
  }
  const valueFor = ({ value: key, length }: Exclude<SecretPart, string>): string => {
    const value = values.get(key) ?? random(length)
    values.set(key, value)
    return value
  }
  const missing = secrets.filter(({ name }) => !there.has(name))
  const files = missing.flatMap(({ name, content = example && [`${name}=${example(name)}`] }) =>
    content === undefined ? [] : [{ name, text: content.map((part) => (typeof part === 'string' ? part : valueFor(part))).join('') }],
  )
  return { files, unknown: missing.flatMap(({ name }) => (files.some((file) => file.name === name) ? [] : [name])) }
}

/** The values in a file that is there, as far as it has the form of its plan. */
function valuesIn(content: readonly SecretPart[], text: string | undefined): readonly (readonly [string, string])[] {
  if (text === undefined) return []
  const pattern = content.map((part) => (typeof part === 'string' ? escaped(part.trim()) : '([^\\s@"]+)')).join('\\s*')
  const match = new RegExp(`^\\s*${pattern}\\s*$`).exec(text)
  const keys = content.flatMap((part) => (typeof part === 'string' ? [] : [part.value]))
  return match === null ? [] : keys.flatMap((key, i) => (match[i + 1] === undefined ? [] : [[key, match[i + 1] ?? ''] as const]))
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
