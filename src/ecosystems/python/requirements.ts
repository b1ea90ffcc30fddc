import type { Evidence } from '../../model/evidence.ts'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { directoryOf, textOf } from './files.ts'
import { type Clause, specifier } from './versions.ts'

/** One package that is asked for. */
export interface Requirement {
  /** Normalised: lower case, single dashes. */
  readonly name: string
  readonly extras: readonly string[]
  /** Undefined for a package that comes from an address or a folder. */
  readonly clauses: readonly Clause[] | undefined
  readonly because: Evidence
}

/** A requirements file with all that it includes. */
export interface RequirementSet {
  /** The files, the first one first. */
  readonly files: readonly string[]
  readonly requirements: readonly Requirement[]
  /** Files and folders of the repository that are installed as packages. */
  readonly local: readonly string[]
  readonly hashed: boolean
  /** The installer has to fetch from a git repository. */
  readonly git: Evidence | undefined
}

interface Line {
  readonly number: number
  readonly text: string
}

const include = /^(?:-r|--requirement|-c|--constraint)(?:\s*=\s*|\s*)(.+)$/
const constraint = /^(?:-c|--constraint)\b/
const editable = /^(?:-e|--editable)(?:\s*=\s*|\s+)(.+)$/
const named = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?\s*(.*)$/

/** Reads a requirements file and what it includes (pip's requirements file format). Throws a Problem on what pip would refuse. */
export function readRequirements(tree: Tree, first: string): RequirementSet {
  const files: string[] = []
  const requirements: Requirement[] = []
  const local: string[] = []
  let hashed = false
  let git: Evidence | undefined

  function read(file: string, from: Evidence | undefined, constrains: boolean): void {
    if (files.includes(file)) return
    if (!tree.files.has(file)) throw missing(file, from)
    files.push(file)
    // A name that the scan does not look for: copied with the others, its lines stay pip's own business.
    if (!tree.texts.has(file) && !tree.unread.has(file)) return
    for (const line of logicalLines(textOf(tree, file))) {
      const because = { file, line: line.number, saw: line.text.slice(0, 120) }
      const included = include.exec(line.text)?.[1]
      if (included !== undefined) {
        if (!/^https?:/.test(included))
          read(within(directoryOf(file), unquoted(included), because), because, constrains || constraint.test(line.text))
        continue
      }
      hashed ||= line.text.includes('--hash=')
      const target = editable.exec(line.text)?.[1] ?? (line.text.startsWith('-') ? undefined : line.text)
      if (target === undefined || constrains) continue
      if (/\bgit\+/.test(target)) git ??= because
      const path = localPath(target)
      if (path === undefined) requirements.push(requirement(target, because))
      // pip reads paths from the folder that it runs in, not from the file's own.
      else local.push(within('.', path, because))
    }
  }

  read(first, undefined, false)
  return { files, requirements, local, hashed, git }
}

/** Lines without comments, those that end in a backslash put together. */
function logicalLines(text: string): readonly Line[] {
  const lines: Line[] = []
  let open: Line | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    const part = raw.replace(/(?:^|\s)#.*$/, '').trim()
    const number: number = open?.number ?? index + 1
    const whole: string = `${open?.text ?? ''} ${part}`.trim()
    open = part.endsWith('\\') ? { number, text: whole.slice(0, -1) } : undefined
    if (open === undefined && whole !== '') lines.push({ number, text: whole })
  }
  return lines
}

/** One requirement of PEP 508. Throws a Problem when it is none. */
export function requirement(text: string, because: Evidence): Requirement {
  const [bare = ''] = text.split(/\s--|;/, 1)
  if (/^[\w+.-]+:\/\/|^git\+/.test(bare)) return { name: /#egg=([\w.-]+)/.exec(text)?.[1] ?? '', extras: [], clauses: undefined, because }
  const match = named.exec(bare.trim())
  const rest = (match?.[3] ?? '').trim()
  const clauses = rest.startsWith('@') ? undefined : specifier(rest.replace(/^\((.*)\)$/, '$1'))
  if (match === null || (clauses === undefined && !rest.startsWith('@'))) {
    throw new Problem({
      code: 'requirement-invalid',
      exit: 1,
      message: `${JSON.stringify(text.slice(0, 80))} is not a requirement.`,
      file: because.file,
      ...(because.line === undefined ? {} : { line: because.line }),
      fix: 'Write a package name with a version, such as Django==5.2.8, one a line.',
    })
  }
  return {
    name: normalised(match[1] ?? ''),
    extras: (match[2] ?? '')
      .split(',')
      .map((e) => e.trim())
      .filter(Boolean),
    clauses,
    because,
  }
}

/** A package's name as registries compare it (PEP 503). */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

/** Whether exactly one version is asked for. */
export function exactVersion(requirement: Requirement): string | undefined {
  const clause = requirement.clauses?.find((c) => c.operator === '==' && !c.wildcard)
  return clause?.version.join('.')
}

function localPath(text: string): string | undefined {
  const path =
    /^(?:file:)?(\.{0,2}\/[^;\s]*|\.)(?:\[[^\]]*\])?(?:\s|;|$)/.exec(text)?.[1] ??
    /^([^\s;:@]+\.(?:whl|tar\.gz|zip))(?:\s|;|$)/.exec(text)?.[1]
  return path
}

function within(directory: string, path: string, because: Evidence): string {
  const whole = joined(directory, path)
  if (whole !== undefined) return whole
  throw new Problem({
    code: 'requirements-outside',
    exit: 1,
    message: `${because.file} names ${JSON.stringify(path)}, which is outside the repository.`,
    file: because.file,
    ...(because.line === undefined ? {} : { line: because.line }),
    fix: 'Move it into the repository and name it there.',
  })
}

function unquoted(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2')
}

function missing(file: string, from: Evidence | undefined): Problem {
  return new Problem({
    code: 'requirements-missing',
    exit: 1,
    message: `${from?.file ?? 'The project'} names ${file}, which is not there.`,
    ...(from === undefined ? {} : { file: from.file }),
    ...(from?.line === undefined ? {} : { line: from.line }),
    fix: `Add ${file}, or take the line away.`,
  })
}
