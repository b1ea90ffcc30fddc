import type { Evidence } from '../../model/evidence.ts'
import { Problem } from '../../model/problem.ts'

/** What a go.mod says (https://go.dev/ref/mod#go-mod-file). */
export interface GoModule {
  readonly path: string
  readonly pathSeen: Evidence
  /** The minimum. */
  readonly go: GoVersion | undefined
  /** What its authors build with, when that is newer. */
  readonly toolchain: GoVersion | undefined
  readonly requires: number
  /** Modules that come from a folder, as written: `./api`, `../other`. */
  readonly replaced: readonly LocalReplacement[]
}

export interface GoVersion {
  /** `1.26`, `1.26.3`, `1.27rc1`. */
  readonly version: string
  readonly seen: Evidence
}

export interface LocalReplacement {
  readonly module: string
  readonly folder: string
  readonly seen: Evidence
}

interface Directive {
  readonly verb: string
  readonly words: readonly string[]
  readonly seen: Evidence
}

const verbs = new Set(['module', 'go', 'toolchain', 'godebug', 'require', 'exclude', 'replace', 'retract', 'tool', 'ignore'])
const goVersion = /^1\.\d{1,4}(?:\.\d{1,4})?(?:(?:rc|beta)\d{1,4})?$/

/** Reads a go.mod. Throws a Problem with file and line where the go command would refuse it too. */
export function parseModule(file: string, text: string): GoModule {
  const all = directives(file, text)
  const module = all.find((d) => d.verb === 'module')
  const path = module?.words[0]
  if (module === undefined || path === undefined || path === '')
    throw broken(
      file,
      module?.seen.line ?? 1,
      'has no module line',
      'Begin it with a line such as `module example.com/app` (`go mod init` writes it).',
    )
  return {
    path,
    pathSeen: module.seen,
    go: versionOf(file, all, 'go'),
    toolchain: versionOf(file, all, 'toolchain'),
    requires: all.filter((d) => d.verb === 'require').length,
    replaced: all.filter((d) => d.verb === 'replace').flatMap(localReplacement),
  }
}

function versionOf(file: string, all: readonly Directive[], verb: 'go' | 'toolchain'): GoVersion | undefined {
  const line = all.find((d) => d.verb === verb)
  const word = line?.words[0] ?? ''
  if (line === undefined || (verb === 'toolchain' && word === 'default')) return undefined
  const version = verb === 'toolchain' ? word.replace(/^go/, '').replace(/-.*/, '') : word
  if (!goVersion.test(version))
    throw broken(file, line.seen.line, `names a Go release that is none: ${line.seen.saw}`, 'Write a release, such as `go 1.27`.')
  return { version, seen: line.seen }
}

/** The folders that a go.work uses, as written. */
export function workspaceFolders(file: string, text: string): readonly Evidence[] {
  return directives(file, text, new Set([...verbs, 'use'])).flatMap((d) => (d.verb === 'use' ? [{ ...d.seen, saw: d.words[0] ?? '' }] : []))
}

function directives(file: string, text: string, known: ReadonlySet<string> = verbs): readonly Directive[] {
  const found: Directive[] = []
  let block: { verb: string; line: number } | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    const words = wordsOf(raw)
    const seen: Evidence = { file, line: index + 1, saw: raw.trim().slice(0, 120) }
    const [first, ...rest] = words
    if (first === undefined) continue
    if (block !== undefined) {
      if (first === ')') block = undefined
      else found.push({ verb: block.verb, words, seen })
      continue
    }
    if (!known.has(first))
      throw broken(file, index + 1, `is not understood: ${seen.saw}`, '`go mod edit -fmt` shows what the go command thinks of it.')
    if (rest[0] === '(') block = rest.at(-1) === ')' ? undefined : { verb: first, line: index + 1 }
    else found.push({ verb: first, words: rest, seen })
  }
  if (block !== undefined)
    throw broken(file, block.line, `has a block that is never closed: ${block.verb} (`, 'Close it with a line that holds `)`.')
  return found
}

function wordsOf(line: string): readonly string[] {
  const comment = line.search(/(?:^|\s)\/\//)
  const code = comment === -1 ? line : line.slice(0, comment)
  return code.split(/(\()|\s+/).flatMap((word) => (word === undefined || word === '' ? [] : [word.replace(/^["`]|["`]$/g, '')]))
}

function localReplacement({ words, seen }: Directive): readonly LocalReplacement[] {
  const [module] = words
  const folder = words[words.indexOf('=>') + 1]
  return module !== undefined && folder !== undefined && /^(?:\.{1,2}(?:\/|$)|\/)/.test(folder) ? [{ module, folder, seen }] : []
}

function broken(file: string, line: number | undefined, what: string, fix: string): Problem {
  return new Problem({ code: 'go-mod-invalid', exit: 1, message: `${file} ${what}.`, file, ...(line === undefined ? {} : { line }), fix })
}
