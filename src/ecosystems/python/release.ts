import { type DjangoRelease, djangoReleases } from '../../catalogue/django.ts'
import { isPastEndOfLife, pick, pythonReleases } from '../../catalogue/releases.ts'
import type { Notice } from '../../model/app.ts'
import type { Evidence, Sourced } from '../../model/evidence.ts'
import { Problem } from '../../model/problem.ts'
import type { Tree } from '../../model/tree.ts'
import { joined } from '../paths.ts'
import { detected, matches } from '../search.ts'
import { hasWheel, newestLine, type Package } from './packages.ts'
import type { Pyproject } from './pyproject.ts'
import { allowsLine, compare, lineOf, numbers } from './versions.ts'

interface Limit {
  readonly allows: (release: string) => boolean
  /** Taken rather than the newest, as long as the other limits allow it. */
  readonly prefer?: string
  readonly because: Evidence
}

interface Wish {
  readonly release: string
  readonly because: Evidence
}

const fromPython = /^FROM[ \t]+(?:--\S+[ \t]+)?(?:docker\.io\/(?:library\/)?)?python:(\d+\.\d+)/gim

/** These only show what was used so far; Pipenv goes on with another release. */
const shown: ReadonlySet<string> = new Set(['Dockerfile', 'Pipfile', 'requirements.txt'])

/** Files that name a release, the most telling first. */
const wishes: readonly (readonly [string, RegExp])[] = [
  ['.python-version', /^[ \t]*(?:python-|cpython[-@])?(\d+\.\d+)[\w.+]*[ \t]*$/gm],
  ['runtime.txt', /^[ \t]*(?:python-)?(\d+\.\d+)[\w.+]*[ \t]*$/gm],
  ['.tool-versions', /^python[ \t]+(\d+\.\d+)/gm],
  ['Pipfile', /^python_(?:full_)?version[ \t]*=[ \t]*["'](\d+\.\d+)/gm],
  ['Dockerfile', fromPython],
  // Written by the tool that has looked the versions up.
  ['requirements.txt', /^#[^\n]{0,200}(?:pip-compile with python |--python-version[ =])(\d+\.\d+)/gim],
]

interface Release {
  readonly release: Sourced<string> | undefined
  readonly notices: readonly Notice[]
  /** What shows that environments of its time held setuptools: up to Python 3.11, beside a Django that gets no fixes any more. */
  readonly held: Evidence | undefined
}

/**
 * The release line of Python: what a file names, else the newest that requires-python, Django and the wheels of the packages allow.
 * Throws a Problem when none can be had.
 */
export function pythonRelease(tree: Tree, folder: string, pyproject: Pyproject | undefined, packages: readonly Package[]): Release {
  const required = requiredLimit(pyproject)
  const django = packages.find((item) => item.name === 'django')
  const limits = [...required, ...djangoLimit(django)]
  const asked = wish(tree, folder, limits)
  const gone = asked !== undefined && isGone(asked.release)
  const release = asked === undefined || gone ? newest(limits, packages) : detected(checked(asked), asked.because)
  const notices = gone ? goneNotice(asked, release?.value) : conflictNotice(asked, limits)
  const held = release !== undefined && compare(numbers(release.value), [3, 12]) < 0 && isPast(django) ? django?.because : undefined
  return { release, notices: [...notices, ...endOfLifeNotices(release, django)], held }
}

function wish(tree: Tree, folder: string, limits: readonly Limit[]): Wish | undefined {
  // What stands beside the project was written for it; the root may speak of tools.
  for (const place of new Set([folder, '.']))
    for (const [name, pattern] of wishes) {
      const [match] = matches(tree, [joined(place, name) ?? name], pattern)
      const release = match?.groups[1]
      if (match === undefined || release === undefined) continue
      if (!shown.has(name) || (isServed(release) && limits.every((limit) => limit.allows(release))))
        return { release, because: match.evidence }
    }
  return elsewhere(tree, limits)
}

/** Folders in which Dockerfiles of the program are kept, when they do not lie at the root. */
const folders = /^(?:\.?docker|deploy(?:ment)?|ops|compose|containers?)\/(?:[\w-]+\/){0,2}Dockerfile$/

/** What Dockerfiles in such folders show to be used, if they agree. */
function elsewhere(tree: Tree, limits: readonly Limit[]): Wish | undefined {
  const files = [...tree.texts.keys()].filter((file) => folders.test(file))
  const found = [...matches(tree, files, fromPython)]
  const releases = new Set(found.map(({ groups }) => groups[1] ?? ''))
  const [release = ''] = releases
  const [first] = found
  if (first === undefined || releases.size > 1 || !isServed(release) || !limits.every((limit) => limit.allows(release))) return undefined
  return { release, because: first.evidence }
}

function newest(limits: readonly Limit[], packages: readonly Package[]): Sourced<string> | undefined {
  const compiled = packages.filter((item) => pythonReleases.releases.some(({ release }) => !hasWheel(item, release)))
  const allowed = (release: string): boolean => limits.every((limit) => limit.allows(release))
  const ready = (release: string): boolean => compiled.every((item) => hasWheel(item, release))
  const preferred = (release: string): boolean => limits.some(({ prefer }) => prefer === release)
  const found =
    pick(pythonReleases, (r) => preferred(r) && allowed(r) && ready(r)) ??
    pick(pythonReleases, (r) => allowed(r) && ready(r)) ??
    pick(pythonReleases, allowed)
  const because = [
    ...limits.map((limit) => limit.because),
    ...compiled.filter((item) => !hasWheel(item, '3.14')).map((item) => item.because),
  ]
  if (found !== undefined) return because.length === 0 ? undefined : detected(found.release, ...because)
  const [first] = limits
  throw notServed('No release of Python that is served fits what the project requires.', first?.because)
}

function requiredLimit(pyproject: Pyproject | undefined): readonly Limit[] {
  if (pyproject?.requiresPython === undefined) return []
  const { text, alternatives, because } = pyproject.requiresPython
  if (alternatives !== undefined)
    return [{ allows: (release) => alternatives.some((clauses) => allowsLine(clauses, release, 'newest')), because }]
  throw new Problem({
    code: 'requires-python-invalid',
    exit: 1,
    message: `requires-python ${JSON.stringify(text.slice(0, 80))} is not a version specifier.`,
    file: because.file,
    ...(because.line === undefined ? {} : { line: because.line }),
    fix: 'Write it like ">=3.12" or ">=3.12,<3.15".',
  })
}

function djangoLimit(django: Package | undefined): readonly Limit[] {
  const row = djangoRow(django)
  if (django === undefined || row === undefined || (django.version === undefined && (django.clauses ?? []).length === 0)) return []
  // Where none that it supports is served any more, the oldest one is the nearest to them.
  const supported = row.python.some(isServed) ? row.python : pythonReleases.releases.slice(-1).map(({ release }) => release)
  const { prefer } = row
  const allows = (release: string): boolean => supported.includes(release) || release === prefer
  return [{ allows, ...(prefer === undefined ? {} : { prefer }), because: django.because }]
}

/** What is known of the release line of Django; of the oldest known line for those before it. */
function djangoRow(django: Package | undefined): DjangoRelease | undefined {
  const lines = djangoReleases.releases
  const line =
    django &&
    newestLine(
      django,
      lines.map(({ release }) => release),
    )
  if (line === undefined) return undefined
  const oldest = lines.at(-1)
  const isOlder = oldest !== undefined && compare(numbers(line), numbers(oldest.release)) < 0
  return isOlder ? oldest : lines.find(({ release }) => release === line)
}

function isPast(django: Package | undefined): boolean {
  const row = djangoRow(django)
  return row !== undefined && isPastEndOfLife(djangoReleases, row.release)
}

function isServed(release: string): boolean {
  return pythonReleases.releases.some((r) => r.release === release)
}

/** A release of Python 3 from before the oldest one that is served. */
function isGone(release: string): boolean {
  const oldest = pythonReleases.releases.at(-1)?.release ?? ''
  return release.startsWith('3.') && compare(numbers(release), numbers(oldest)) < 0
}

function checked({ release, because }: Wish): string {
  if (isServed(release)) return release
  throw notServed(`Python ${release} is not served.`, because)
}

function notServed(message: string, because: Evidence | undefined): Problem {
  return new Problem({
    code: 'python-release-not-served',
    exit: 1,
    message,
    ...(because === undefined ? {} : { file: because.file }),
    ...(because?.line === undefined ? {} : { line: because.line }),
    fix: `Move to one of ${pythonReleases.releases.map((r) => r.release).join(', ')}.`,
  })
}

function goneNotice({ release, because }: Wish, taken: string | undefined): readonly Notice[] {
  return [
    {
      code: 'release-conflict',
      text: `${because.file} asks for Python ${release}, which is gone; ${taken === undefined ? 'a newer one' : taken} was taken.`,
      because: [because],
      fix: 'Name a release that is still mended, once the project runs on it.',
    },
  ]
}

function conflictNotice(asked: Wish | undefined, limits: readonly Limit[]): readonly Notice[] {
  const against = limits.find((limit) => asked !== undefined && !limit.allows(asked.release))
  if (asked === undefined || against === undefined) return []
  return [
    {
      code: 'release-conflict',
      text: `${asked.because.file} asks for Python ${asked.release}, which ${against.because.file} does not allow; ${asked.because.file} was followed.`,
      because: [asked.because, against.because],
      fix: 'Make them agree, or choose with --release.',
    },
  ]
}

function endOfLifeNotices(release: Sourced<string> | undefined, django: Package | undefined): readonly Notice[] {
  const notices: Notice[] = []
  if (release !== undefined && isPastEndOfLife(pythonReleases, release.value)) {
    notices.push({
      code: 'release-end-of-life',
      text: `Python ${release.value} gets no security fixes any more.`,
      because: release.because,
      fix: 'Move to a supported release: the newest that Django supports is the safest.',
    })
  }
  if (django !== undefined && isPast(django)) {
    notices.push({
      code: 'django-end-of-life',
      text: `Django ${lineOf(django.version ?? '') ?? djangoRow(django)?.release} gets no security fixes any more.`,
      because: [django.because],
      fix: 'Move to a supported release: the newest long-term release is the safest.',
    })
  }
  return notices
}
