import type { Variable } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import { contractOf, type Read } from '../contract.ts'
import { evidenceAt } from '../search.ts'
import type { Settings } from './settings.ts'
import type { RequiredVariable } from './variables.ts'

const name = String.raw`(?:name\s{0,4}=\s{0,4})?["']([A-Z][A-Z0-9_]{1,80})["']`
// os.getenv, os.environ.get, env.bool, config, and helpers of a project's own: get_string(name="A", default=None).
const call = new RegExp(
  String.raw`\b((?:\w{1,30}\.){0,2}(?:getenv|environ\.get|environ\.pop|\w{0,20}env\w{0,20}(?:\.\w{1,20})?|config|\w{0,20}secret\w{0,20}|get_(?:string|bool|int|float|any|key|setting|list\w*|delimited_list)))\(\s{0,40}${name}\s{0,40}(?=[,)])`,
  'gi',
)
// Some have a copy of it by another name: `env = os.environ.copy()`.
const indexed = /\benv(?:iron)?\[\s{0,10}["']([A-Z][A-Z0-9_]{1,80})["']\s{0,10}\](?!\s{0,10}=[^=])/g
const scheme = /(?:^|[(,])\s{0,20}([A-Z][A-Z0-9_]{1,80})\s{0,4}=\s{0,4}\(\s{0,4}\w{1,20}\s{0,4},([^)]{0,120})\)/gm
/** Calls that take their variable's name for granted (django-environ, dj-database-url). */
const unnamed: readonly (readonly [RegExp, string])[] = [
  [/\b(?:env\.(?:db|db_url|dj_db_url)|dj_database_url\.config)\(\s{0,40}(?!\s|["'])/g, 'DATABASE_URL'],
  [/\benv\.(?:cache|cache_url|dj_cache_url)\(\s{0,40}(?!\s|["'])/g, 'CACHE_URL'],
  [/\benv\.(?:email|email_url|dj_email_url)\(\s{0,40}(?!\s|["'])/g, 'EMAIL_URL'],
]
const beside =
  /(?:^|\/)(?:tests?|testing|migrations|docs?|examples?|scripts?|bin|node_modules|docker|\.github)\/|(?:^|\/)(?:test_\w*|conftest|setup|manage|noxfile|tasks?|fabfile|gunicorn[\w.]*)\.py$|_tests?\.py$/
const speaks = /environ|getenv|dj_database_url|\benv\b|decouple|get_string/
const mostFiles = 400
// Nobody reads more in one file; each costs a look at the whole of it.
const mostReads = 200

/** The variables that settings and code read. `required` are those of the settings without which they cannot be imported. */
export function pythonContract(tree: Tree, folder: string, settings: Settings, required: readonly RequiredVariable[]): readonly Variable[] {
  const root = folder === '.' ? '' : `${folder}/`
  const others = [...tree.texts.keys()].filter(
    (file) =>
      file.endsWith('.py') && file.startsWith(root) && !settings.files.includes(file) && !/settings\//.test(file) && !beside.test(file),
  )
  const needed = new Set(required.filter((v) => !v.sometimes).map((v) => v.name))
  // One file may have the library from another.
  const spoken = settings.files.some((file) => speaks.test(tree.texts.get(file) ?? ''))
  const reads = [
    ...(spoken ? settings.files : []).flatMap((file) => readsOf(file, tree.texts.get(file) ?? '', needed, true)),
    // Another program of the project, such as its worker, may have settings of its own.
    ...others
      .slice(0, mostFiles)
      .flatMap((file) => readsOf(file, tree.texts.get(file) ?? '', new Set(), /(?:^|\/)settings\.py$/.test(file))),
  ]
  return contractOf(reads)
}

function readsOf(file: string, text: string, needed: ReadonlySet<string>, isSettings: boolean): readonly Read[] {
  const found: Read[] = []
  const add = (variable: string, index: number, given: string | undefined): void => {
    const because = evidenceAt(file, text, index)
    if (because.saw.startsWith('#') || found.length >= mostReads) return
    found.push({
      name: variable,
      ...(given === undefined ? {} : { default: given }),
      required: given === undefined && needed.has(variable),
      ...(isSettings && /^["']?SECRET_KEY["']?\s*(?::\s*\w+\s*)?[=:]/.test(because.saw) ? { generated: true } : {}),
      because,
    })
  }
  if (!isSettings && !speaks.test(text)) return found
  for (const match of [...text.matchAll(call)].slice(0, mostReads)) {
    const [whole, helper = '', variable = ''] = match
    // Outside of the settings, `config("A")` may be anything.
    if (!isSettings && !/getenv|environ/.test(helper)) continue
    const without = raisesWithout(text, match.index)
    add(variable, match.index, without ? undefined : (defaultOf(text, match.index + whole.length) ?? testedFor(text, match.index)))
  }
  for (const match of [...text.matchAll(indexed)].slice(0, mostReads)) add(match[1] ?? '', match.index, undefined)
  if (!isSettings) return found
  if (/\bEnv\(/.test(text))
    for (const match of [...text.matchAll(scheme)].slice(0, mostReads)) add(match[1] ?? '', match.index, literal(match[2] ?? '') ?? '')
  for (const [pattern, variable] of unnamed)
    for (const match of [...text.matchAll(pattern)].slice(0, mostReads)) {
      const rest = text.slice(match.index, match.index + 300)
      const explicit = /\benv\s*=\s*["'](\w+)["']/.exec(rest.split('\n\n')[0] ?? '')?.[1]
      const given = /^[^)]*?\bdefault\s*=\s*([^\n]*)/.exec(rest)?.[1]
      add(explicit ?? variable, match.index, given === undefined ? undefined : (literal(given) ?? ''))
    }
  return found
}

/** The default among the arguments that follow the name: the second, or the one called `default`. */
function defaultOf(text: string, at: number): string | undefined {
  const rest = text.slice(at, at + 300)
  const second = /^,(?!\s*\w+\s*=[^=])\s*([^\n]*)/.exec(rest)?.[1]
  const named = /^,(?:[^()\n]|\([^()]*\)|\n(?!\n)){0,200}?\bdefault\s*=\s*([^\n]*)/.exec(rest)?.[1]
  const given = named ?? second
  if (given === undefined || (/^(?:None\b|""|'')/.test(given) && /^[^()]{0,300}\brequired\s{0,4}=\s{0,4}True\b/.test(rest)))
    return undefined
  return literal(given) ?? ''
}

/** `if os.environ.get("A"):` asks whether it is set, and goes on without. */
function testedFor(text: string, at: number): string | undefined {
  const start = text.lastIndexOf('\n', at) + 1
  return /^\s*(?:el)?if\b/.test(text.slice(start, at)) ? '' : undefined
}

/** `if os.environ.get("A") is None:` with an error in the next line. */
function raisesWithout(text: string, at: number): boolean {
  return testedFor(text, at) !== undefined && /^[^\n]*:[ \t]*\n\s*raise\b/.test(text.slice(at, at + 400))
}

/** A text, number or truth value at the beginning of an expression; nothing for None. */
function literal(expression: string): string | undefined {
  const match = /^\s*[rbu]?(?:(["'])((?:(?!\1)[^\\\n])*)\1|(-?\d[\d_.]*)\b|(True|False)\b)/.exec(expression)
  return match === null ? undefined : (match[2] ?? match[3] ?? match[4])
}
