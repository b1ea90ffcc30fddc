import type { Variable } from '../model/app.ts'
import type { Evidence } from '../model/evidence.ts'
import { variable } from './variable.ts'

/** One place where a program reads a variable. */
export interface Read {
  readonly name: string
  /** What it takes when the variable is not set; empty when it asks whether it is set. */
  readonly default?: string
  readonly required: boolean
  /** A secret that it makes up itself, by what it is used for. */
  readonly generated?: boolean
  readonly because: Evidence
}

// Set by the image, by Docker or by tools.
const ours =
  /^(?:NODE_ENV|NODE_OPTIONS|PORT|HOST|HOSTNAME|PATH|HOME|PWD|TZ|CI|USER|USERNAME|LOGNAME|SHELL|TERM|LANG|LC_\w+|EDITOR|NO_COLOR|TMPDIR|TEMP|TMP|APPDATA|LOCALAPPDATA|USERPROFILE|PYTHONPATH|PYTHONUNBUFFERED|VIRTUAL_ENV|DJANGO_SETTINGS_MODULE|GOPATH|GOROOT|GOOS|GOARCH|GIN_MODE|GITHUB_(?:ACTIONS|SHA|REF|WORKSPACE)|XDG_\w+|SSH_\w+|KUBERNETES_\w+|DYNO|HEROKU_\w+|VERCEL\w*|NETLIFY|PYTEST\w*|(?:npm|JEST|VITEST|AWS_LAMBDA)_\w+)$/
const most = 500
const mostPlaces = 5
const longestDefault = 200

/** The variables of a program, by name, each with the places where it is read: those that every place gives a default are not required. */
export function contractOf(reads: Iterable<Read>, set: readonly string[] = []): readonly Variable[] {
  const found = new Map<string, Read[]>()
  for (const read of reads) {
    if (ours.test(read.name) || set.includes(read.name)) continue
    found.set(read.name, [...(found.get(read.name) ?? []), read])
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, most)
    .map(([name, places]) => merged(name, places))
}

function merged(name: string, places: readonly Read[]): Variable {
  const given = places.map((p) => p.default).filter((d) => d !== undefined && d.length <= longestDefault)
  const fallback = given.find((d) => d !== '') ?? given[0]
  const required = fallback === undefined && places.some((p) => p.required)
  const because = places
    .map((p) => p.because)
    .filter(({ file, line }, i, all) => all.findIndex((b) => b.file === file && b.line === line) === i)
    .slice(0, mostPlaces)
  const found = variable(name, { ...(fallback === undefined ? {} : { default: fallback }), required }, because)
  const made = places.some((p) => p.generated)
  return found.secret || made ? withoutValues({ ...found, secret: true, generated: found.generated || made }) : found
}

/** What stands in code as the default of a secret is one too: that there is one is all that is told. */
function withoutValues(found: Variable): Variable {
  const because = found.because.map((b) => {
    const end = b.saw.indexOf(found.name) + found.name.length
    return b.saw === found.name || end < found.name.length ? b : { ...b, saw: `${b.saw.slice(0, end)} …` }
  })
  return { ...found, ...(found.default === undefined ? {} : { default: '' }), because }
}
