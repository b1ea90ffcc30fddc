import type { Connection } from '../../model/service.ts'
import { roleOf } from '../roles.ts'
import { baseOf, type Engine, engines } from './engines.ts'

// os.getenv("DB"), env.bool("USE_POSTGRES", default=False), os.environ["DB"], config("DB").
const read = String.raw`(?:\w{1,30}\.){0,2}(?:getenv|environ(?:\.get)?|\w{0,20}env\w{0,20}(?:\.\w{1,20})?|config)\s{0,4}[([]\s{0,4}["']([A-Z][A-Z0-9_]{0,80})["'][^)\]\n]{0,80}[)\]]`
const condition = new RegExp(
  String.raw`^(?:el)?if\s+\(?\s*(?:${read}|([A-Za-z_]\w{0,80}))(?:\.lower\(\))?\s*(?:(?:==|in)\s*([^\n]{1,120}?))?\)?\s*:`,
)
/** What is asked where no program is served; setting it would loosen more than the database. */
const aside = /debug|dev|test|local|(?:^|_)ci(?:_|$)/i
const word = /["']([\w.:/-]{1,60})["']/g

/**
 * The variable that makes settings take the engine of a branch, with the text that it takes: of `if os.getenv("DB") == "postgres":`
 * `DB` with `postgres`. A variable that only has to be set gets 1, unless it is a part of the address itself.
 */
export function switchOf(line: string, engine: Engine, text: string): Connection | undefined {
  const [whole, direct, name, compared] = condition.exec(line) ?? []
  if (whole === undefined) return undefined
  const variable = direct ?? readInto(name ?? '', text)
  if (variable === undefined || aside.test(variable)) return undefined
  if (compared === undefined) return roleOf(variable, []) === undefined ? { variable, holds: 'engine', value: '1' } : undefined
  const values = [...compared.matchAll(word)].map(([, value = '']) => value)
  const named = values.find((value) => engines.some(([pattern, is]) => pattern.test(value) && baseOf(is) === baseOf(engine)))
  const value = named ?? (values.length === 1 ? values[0] : undefined)
  return value === undefined || aside.test(value) ? undefined : { variable, holds: 'engine', value }
}

/** The variable that is read into a name at the left margin. */
function readInto(name: string, text: string): string | undefined {
  return new RegExp(String.raw`^${name}\s*(?::[^=\n]{1,40})?=\s*(?:bool\(|int\()?${read}`, 'm').exec(text)?.[1]
}

/** The variable whose text is the engine: `"ENGINE": os.getenv("DB_ENGINE", "django.db.backends.sqlite3")`. */
export const engineRead = new RegExp(String.raw`["']ENGINE["']\s{0,4}:\s{0,4}${read}`)
