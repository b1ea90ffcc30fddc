/** One clause of a PEP 440 version specifier. Pre-releases, local versions and epochs are not told apart. */
export interface Clause {
  readonly operator: '==' | '!=' | '~=' | '>=' | '>' | '<=' | '<'
  readonly version: readonly number[]
  readonly wildcard: boolean
}

/** Which patch of a release line is meant: the newest (an interpreter's image), or any (pip takes the one that fits). */
export type Patch = 'newest' | 'any'

const clauseShape = /^(===?|!=|~=|>=|<=|>|<)\s*v?(\d+(?:\.\d+)*)(\.\*)?[\w.+-]*$/

/** The clauses of `>=3.12,<3.15`; an empty text has none. Undefined when it is not a specifier (PEP 440). */
export function specifier(text: string): readonly Clause[] | undefined {
  const parts = text.split(',').map((part) => part.trim())
  const found: Clause[] = []
  for (const part of parts) {
    if (part === '') continue
    const match = clauseShape.exec(part)
    if (match === null) return undefined
    const operator = match[1] === '===' ? '==' : (match[1] as Clause['operator'])
    found.push({ operator, version: numbers(match[2] ?? ''), wildcard: match[3] !== undefined })
  }
  return found
}

/** The alternatives of a constraint of Poetry: `^3.12`, `~5.2`, `5.2.*`, `>=3.9 <3.13`, `^3.9 || ^3.10`. Undefined when it is none. */
export function constraint(text: string): readonly (readonly Clause[])[] | undefined {
  const found = text.split(/\|\|?/).map((part) =>
    specifier(
      part
        .trim()
        .split(/\s*,\s*|\s+(?=[\^~<>=!])/)
        .map(asSpecifier)
        .join(','),
    ),
  )
  return found.every((clauses) => clauses !== undefined) ? found : undefined
}

/** `^1.2` stays below the next release of its first part that is not zero, `~1.2.3` below 1.3; a bare version is that one. */
function asSpecifier(part: string): string {
  if (part === '*') return ''
  const [, operator, version = ''] = /^(\^|~(?!=)|=(?!=)|)\s*v?(\d[\w.+-]*(?:\.\*)?)$/.exec(part) ?? []
  if (operator === undefined) return part
  if (operator === '' || operator === '=') return `==${version}`
  const given = numbers(version)
  const last = operator === '~' ? Math.min(1, given.length - 1) : given.findIndex((n) => n > 0)
  const end = last === -1 ? given.length - 1 : last
  return `>=${version},<${[...given.slice(0, end), (given[end] ?? 0) + 1].join('.')}`
}

/** Whether a release line (`3.12`, `5.2`) has a release that all clauses accept. */
export function allowsLine(clauses: readonly Clause[], line: string, patch: Patch): boolean {
  const newest = [...numbers(line), Number.MAX_SAFE_INTEGER]
  const lowest = patch === 'newest' ? newest : [...numbers(line), 0]
  return clauses.every((clause) => accepts[clause.operator](clause, { newest, lowest, line: numbers(line) }))
}

/** Whether every version that the clauses accept is older than a release: `>=20,<21` and 21, `~=20.1` and 21. */
export function endsBefore(clauses: readonly Clause[], release: string): boolean {
  const limit = numbers(release)
  return clauses.some(({ operator, version, wildcard }) => {
    if (operator === '<') return compare(version, limit) <= 0
    if (operator === '<=' || (operator === '==' && !wildcard)) return compare(version, limit) < 0
    const fixed = operator === '~=' ? version.slice(0, -1) : version
    const next = [...fixed.slice(0, -1), (fixed.at(-1) ?? 0) + 1]
    return (operator === '==' || operator === '~=') && fixed.length > 0 && compare(next, limit) <= 0
  })
}

/** The release line of an exact version: `5.2` of `5.2.8`. */
export function lineOf(version: string): string | undefined {
  return /^v?(\d+\.\d+)/.exec(version)?.[1]
}

/** Negative when `a` is older than `b`; missing parts count as 0. */
export function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The leading numbers of a version: 3, 12 and 1 of `3.12.1rc2`. */
export function numbers(version: string): readonly number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').filter(Boolean).map(Number)
}

interface Line {
  readonly newest: readonly number[]
  readonly lowest: readonly number[]
  readonly line: readonly number[]
}

const accepts: Readonly<Record<Clause['operator'], (clause: Clause, line: Line) => boolean>> = {
  '==': (clause, { line }) => samePrefix(clause.version, line, clause.wildcard),
  // One patch excluded leaves the others of its line.
  '!=': (clause, { line }) => !clause.wildcard || !samePrefix(clause.version, line, true),
  '~=': ({ version }, { newest, line }) => compare(newest, version) >= 0 && samePrefix(version.slice(0, -1), line, true),
  '>=': ({ version }, { newest }) => compare(newest, version) >= 0,
  '>': ({ version }, { newest }) => compare(newest, version) > 0,
  '<=': ({ version }, { lowest }) => compare(lowest, version) <= 0,
  '<': ({ version }, { lowest }) => compare(lowest, version) < 0,
}

/** Whether a version lies on a line as far as both are given; an exact version that is shorter than the line ends in zeros. */
function samePrefix(version: readonly number[], line: readonly number[], open: boolean): boolean {
  return line.every((part, i) => (i < version.length ? version[i] === part : open || part === 0))
}
