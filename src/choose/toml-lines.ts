/** Lines of keys and of array items by the way to them, joined with NUL; or the line at which a document is too deep. */
export type TomlLines = { readonly at: ReadonlyMap<string, number> } | { readonly tooDeep: number }

const bare = /[A-Za-z0-9_-]+/y
const space = /[ \t]*/y
const blank = /(?:[ \t\r\n]|#[^\n]*)*/y
const rest = /[^,\]}#\n]*/y
// Each alternative consumes at least one character and none can begin like another: linear time.
const strings = [/"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}/y, /'''(?:[^']|'(?!''))*'{3,5}/y, /"(?:[^"\\\n]|\\.)*"/y, /'[^'\n]*'/y]

/**
 * Where the keys of a TOML document stand. The parser in use does not tell. On a document that is not valid it ends early: the parser
 * says what is wrong there.
 */
export function tomlLines(text: string, deepest: number): TomlLines {
  const at = new Map<string, number>()
  const tables = new Map<string, number>()
  let position = 0
  let line = 1
  let counted = 0
  let depth = 0
  let deep: number | undefined

  const lineHere = (): number => {
    for (; counted < position; counted++) if (text[counted] === '\n') line++
    return line
  }
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) position += found.length
    return found
  }
  const eat = (mark: string): boolean => {
    if (!text.startsWith(mark, position)) return false
    position += mark.length
    return true
  }
  const string = (): string | undefined => {
    for (const pattern of strings) {
      const found = take(pattern)
      if (found !== undefined) return found
    }
    return undefined
  }
  const key = (): readonly string[] | undefined => {
    const parts: string[] = []
    do {
      take(space)
      const quoted = text[position] === '"' || text[position] === "'"
      const part = quoted ? string() : take(bare)
      if (part === undefined || part === '') return undefined
      parts.push(quoted ? unquoted(part) : part)
      if (parts.length > deepest) {
        deep ??= lineHere()
        return undefined
      }
      take(space)
    } while (eat('.'))
    return parts
  }
  const note = (way: readonly (string | number)[], here: number): void => {
    for (let length = 1; length <= way.length; length++) {
      const name = way.slice(0, length).join('\0')
      if (!at.has(name)) at.set(name, here)
    }
  }
  const value = (way: readonly (string | number)[]): boolean => {
    if (++depth > deepest) {
      deep ??= lineHere()
      return false
    }
    const ok = eat('[') ? list(way) : eat('{') ? inline(way) : (string() ?? take(rest)) !== undefined
    depth--
    return ok
  }
  const list = (way: readonly (string | number)[]): boolean => {
    for (let index = 0; ; index++) {
      take(blank)
      if (eat(']')) return true
      note([...way, index], lineHere())
      if (!value([...way, index])) return false
      take(blank)
      if (!eat(',')) return eat(']')
    }
  }
  const inline = (way: readonly (string | number)[]): boolean => {
    take(space)
    if (eat('}')) return true
    do if (!pair(way)) return false
    while (eat(','))
    return eat('}')
  }
  const pair = (way: readonly (string | number)[]): boolean => {
    const here = lineHere()
    const name = key()
    if (name === undefined || !eat('=')) return false
    note([...way, ...name], here)
    take(space)
    if (!value([...way, ...name])) return false
    take(space)
    return true
  }

  /** The way that a header means: inside an array of tables, its last one. */
  const place = (parts: readonly string[], many: boolean): readonly (string | number)[] => {
    const way: (string | number)[] = []
    for (const [i, part] of parts.entries()) {
      way.push(part)
      const name = way.join('\0')
      if (many && i === parts.length - 1) tables.set(name, (tables.get(name) ?? -1) + 1)
      const index = tables.get(name)
      if (index !== undefined) way.push(index)
    }
    return way
  }

  let table: readonly (string | number)[] = []
  for (take(blank); position < text.length; take(blank)) {
    if (!eat('[')) {
      if (!pair(table)) break
      continue
    }
    const here = lineHere()
    const many = eat('[')
    const name = key()
    if (name === undefined || !eat(many ? ']]' : ']')) break
    table = place(name, many)
    note(table, here)
  }
  return deep === undefined ? { at } : { tooDeep: deep }
}

function unquoted(text: string): string {
  if (text.startsWith("'")) return text.slice(1, -1)
  try {
    return String(JSON.parse(text))
  } catch {
    return text.slice(1, -1)
  }
}
