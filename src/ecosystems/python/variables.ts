import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { matches } from '../search.ts'
import { inBranch } from './branches.ts'
import type { Settings } from './settings.ts'

/** A way in which settings read a variable and fail when it is not set. */
interface Reader {
  /** The settings must speak of this library. */
  readonly library: RegExp
  /** Group 1 is the kind of value, group 2 the variable. */
  readonly pattern: RegExp
  /** The variable that a call without a name stands for. */
  readonly name?: string
  /** The settings can be imported without it, and code that is imported later may fail. */
  readonly later?: true
}

/** Calls of django-environ that take their variable's name for granted, and no default. */
const unnamed = {
  DATABASE_URL: /\benv\.((?:dj_)?db(?:_url)?)\(\s*(?!["'])(?![^()]{0,200}\b(?:default|var)\b)/g,
  CACHE_URL: /\benv\.((?:dj_)?cache(?:_url)?)\(\s*(?!["'])(?![^()]{0,200}\b(?:default|var)\b)/g,
  EMAIL_URL: /\benv\.((?:dj_)?email(?:_url)?)\(\s*(?!["'])(?![^()]{0,200}\b(?:default|var)\b)/g,
} as const

const readers: readonly Reader[] = [
  { library: /\bos\b|\benviron\b/, pattern: /(?:\b(int|float)\(\s*)?(?:\bos\.)?\benviron\[\s*["'](\w+)["']\s*\](?!\s*=[^=])/g },
  // A copy of it, such as `env = os.environ.copy()`.
  { library: /\benv\s*=\s*(?:os\.)?environ\b/, pattern: /(?:\b(int|float)\(\s*)?\benv\[\s*["'](\w+)["']\s*\](?!\s*=[^=])/g },
  // What is not set is None, of which there is neither a number nor a part.
  {
    library: /\bos\b|\benviron\b/,
    pattern: /\b(int|float|json)(?:\.loads)?\(\s*(?:os\.)?(?:environ\.get|getenv)\(\s*["'](\w+)["']\s*\)(?!\s*or\b)/g,
  },
  { library: /\bos\b|\benviron\b/, pattern: /()\b(?:environ\.get|getenv)\(\s*["'](\w+)["']\s*\)\s*\.\w/g },
  // Settings that raise an error themselves.
  {
    library: /\bos\b|\benviron\b/,
    pattern:
      /^[ \t]*(?:el)?if[ \t]+(?:not[ \t]+)?()(?:os\.)?(?:environ\.get|getenv)\(\s*["'](\w+)["'](?:,\s*None)?\s*\)(?:[ \t]+is[ \t]+None)?:\s*\n\s*raise\b/gm,
  },
  {
    library: /\bos\b|\benviron\b/,
    pattern:
      /^[ \t]*(\w{1,60})[ \t]*=[ \t]*(?:os\.)?(?:environ\.get|getenv)\(\s*["'](\w+)["'](?:,\s*None)?\s*\)[^\n]{0,80}\n(?:[^\n]{0,200}\n){0,3}?[ \t]*if[ \t]+(?:not[ \t]+\1|\1[ \t]+is[ \t]+None):\s*\n\s*raise\b/gm,
  },
  // django-environ and environs: no second argument means no default.
  { library: /\benvirons?\b/, pattern: /\b(int|float|json)(?:\.loads)?\(\s*env(?:\.\w+)?\(\s*["'](\w+)["']\s*,?\s*\)\s*\)/gi },
  { library: /\benvirons?\b/, pattern: /\benv(?:\.(?!get\b)(\w+))?\(\s*["'](\w+)["']\s*,?\s*\)/gi },
  ...(['DATABASE_URL', 'CACHE_URL', 'EMAIL_URL'] as const).map(
    (name): Reader => ({ library: /\benvirons?\b/, pattern: unnamed[name], name }),
  ),
  { library: /\bdecouple\b/, pattern: /\bconfig\(\s*["'](\w+)["']\s*(?:,\s*cast\s*=\s*(\w+)\s*(?:\([^()]*\))?)?,?\s*\)/g },
  // Helpers of a project's own that collect what is missing: get_string(name="A", default=None, required=True).
  {
    library: /\bget_string\b/,
    pattern:
      /\bget_(string|bool|int|float)\(\s{0,40}(?:name\s{0,4}=\s{0,4})?["'](\w+)["'](?=[^()]{0,400}\bdefault\s{0,4}=\s{0,4}(?:None\b|""|''))(?=[^()]{0,400}\brequired\s{0,4}=\s{0,4}True\b)/g,
  },
  // Django minds an empty key as soon as somebody asks for it.
  {
    library: /SECRET_KEY/,
    pattern:
      /^()SECRET_KEY[ \t]*(?::[^=\n]{1,40})?=[^\n#]{0,40}?\b(?:getenv|environ\.get|env(?:\.str)?)\(\s*["'](\w+)["']\s*(?:,\s*(?:default\s*=\s*)?(?:""|''|None)\s*)?,?\s*\)/gm,
    later: true,
  },
]

const database = 'sqlite:////tmp/build.sqlite3'

/** Throwaway values by the kind that a library converts to. */
const byKind: Readonly<Record<string, string>> = {
  int: '1',
  float: '1',
  bool: '0',
  json: '{}',
  dict: 'build=only',
  db: database,
  db_url: database,
  dj_db_url: database,
  cache: 'locmemcache://',
  cache_url: 'locmemcache://',
  email: 'consolemail://',
  email_url: 'consolemail://',
}

/** Throwaway values by the end of the variable's name; the first that fits. */
const byName: readonly (readonly [RegExp, string])[] = [
  [/(?:DATABASE|DB|POSTGRES|SQL)\w*_URL$/i, database],
  [/(?:REDIS|BROKER|CELERY|CACHE|RABBITMQ|AMQP)\w*_UR[LI]$/i, 'redis://127.0.0.1:6379/0'],
  [/(?:_URL|_URI|_ORIGIN|_ENDPOINT)$/i, 'https://build.invalid'],
  [/(?:PORT|TIMEOUT|_SIZE|_COUNT|_SECONDS|_DAYS|_LIMIT|_TTL|WORKERS)$/i, '1'],
  [/(?:EMAIL|_FROM)$/i, 'build@build.invalid'],
]

/** A variable that the settings read without a default. */
export interface RequiredVariable {
  readonly name: string
  /** A throwaway value with which the settings can be imported while building. */
  readonly build: string
  /** Not each configuration needs it, or not from the start. */
  readonly sometimes: boolean
  readonly because: Evidence
}

/** Variables that the settings read without a default, each with a throwaway value for the build. */
export function requiredVariables(tree: Tree, settings: Settings): readonly RequiredVariable[] {
  const found = new Map<string, RequiredVariable>()
  // A file may have the library's name from the one that it imports everything of.
  const all = settings.files.map((file) => tree.texts.get(file) ?? '').join('\n')
  const used = readers.filter(({ library }) => library.test(all))
  for (const file of settings.files) {
    const text = tree.texts.get(file) ?? ''
    for (const { library, pattern, later, name: implied } of used) {
      for (const { groups, evidence } of matches(tree, [file], pattern)) {
        const [kind, name] = library.source.includes('decouple') ? [groups[2], groups[1]] : [groups[1], implied ?? groups[2]]
        if (name === undefined || name === 'DJANGO_SETTINGS_MODULE' || evidence.saw.startsWith('#') || guarded(text, name)) continue
        if (!found.has(name))
          found.set(name, {
            name,
            build: throwaway(name, kind?.toLowerCase() ?? ''),
            sometimes: later ?? (settings.conditional?.includes(file) === true || isConditional(text, evidence)),
            because: evidence,
          })
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** In a branch, in a class or in a function; an entry of a dictionary is no more indented than that. */
function isConditional(text: string, { line = 1 }: Evidence): boolean {
  const before = text.split('\n', line - 1).join('\n')
  const start = line === 1 ? 0 : before.length + 1
  return inBranch(text, start) !== undefined || /^[ \t]+\w+[ \t]*=[^=]/.test(text.slice(start).split('\n', 1)[0] ?? '')
}

/** The file tests for the variable first, sets it, or gives it a default in a scheme such as `Env(DEBUG=(bool, False))`. */
function guarded(text: string, name: string): boolean {
  return new RegExp(
    `["']${name}["']\\s+(?:not\\s+)?in\\s+(?:os\\.)?env(?:iron)?\\b|\\b${name}\\s*=\\s*\\(|environ\\.setdefault\\(\\s*["']${name}["']`,
  ).test(text)
}

function throwaway(name: string, kind: string): string {
  return byKind[kind] ?? byName.find(([pattern]) => pattern.test(name))?.[1] ?? 'build-only'
}
