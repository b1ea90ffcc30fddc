import { buildsOnLinux, nameBuildsOnLinux } from './constraints.ts'

/** One Go file as far as the questions of an image need it. */
export interface GoFile {
  readonly file: string
  readonly text: string
  /** The text with comments and imports blanked: offsets and lines stay as they were. */
  readonly code: string
  readonly packageName: string
  readonly imports: readonly Spot[]
  /** Patterns of //go:embed, relative to the file's folder. */
  readonly embeds: readonly Spot[]
  /** Compiled for Linux: by its name and its build constraint. */
  readonly builds: boolean
}

/** A text and its offset in the file. */
export interface Spot {
  readonly value: string
  readonly at: number
}

// Every alternative may end with the file, so that no position is read twice.
const tokens = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"?|`[^`]*`?|'(?:[^'\\\n]|\\[^\n][^'\n]{0,10})'/g
const importDeclaration = /^import\s*(?:\(([^)]*)\)|(?:[\w.]{1,80}\s+)?(?:"[^"\n]*"|`[^`\n]*`))/gm
const quotedWord = /"([^"\n]*)"|`([^`\n]*)`/g

/** Reads one file. Never throws: what is no Go has an empty package name. */
export function parseFile(file: string, text: string): GoFile {
  const comments: Spot[] = []
  const bare = text.replace(tokens, (token, at: number) => {
    if (!token.startsWith('/')) return token
    comments.push({ value: token, at })
    return blank(token)
  })
  const clause = /^[ \t]*package[ \t]+(\w+)/m.exec(bare)
  const imports: Spot[] = []
  const code = bare.replace(importDeclaration, (declaration, _group, at: number) => {
    for (const m of declaration.matchAll(quotedWord)) imports.push({ value: m[1] ?? m[2] ?? '', at: at + m.index })
    return blank(declaration)
  })
  const head = comments.filter((c) => clause !== null && c.at < clause.index)
  return {
    file,
    text,
    code,
    packageName: clause?.[1] ?? '',
    imports,
    embeds: comments.flatMap(embedPatterns),
    builds: nameBuildsOnLinux(file) && head.every((c) => buildsOnLinux(c.value)),
  }
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

function embedPatterns({ value, at }: Spot): readonly Spot[] {
  const directive = /^\/\/go:embed[ \t]+/.exec(value)
  if (directive === null) return []
  return [...value.matchAll(/"([^"]*)"|`([^`]*)`|(\S+)/g)].slice(1).map((m) => ({
    value: (m[1] ?? m[2] ?? m[3] ?? '').replace(/^all:/, ''),
    at: at + m.index,
  }))
}
