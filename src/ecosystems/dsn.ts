import type { ServiceKind } from '../model/service.ts'

/** The parts of an address that matter. */
export interface Said {
  readonly kinds: readonly ServiceKind[]
  readonly holds: 'url'
  /** Absent where it is no URL. */
  readonly scheme?: string
  readonly host?: string
  readonly path?: string
  readonly database?: string
  /** It names a user. */
  readonly login: boolean
}

// Go's drivers know forms of their own beside URLs: https://github.com/go-sql-driver/mysql#dsn-data-source-name and
// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE.
const mysql = /^(?:\S{0,200}@)?tcp\(([^():\s]*)(?::\d+)?\)(\/([\w-]*)(?:\?\S*)?)$/
const word = /(?:^|\s)([a-z_]{2,30})\s{0,4}=\s{0,4}(?:'([^']{0,200})'|([^\s']{0,200}))/g

/** What the data source name of a driver says: `me:secret@tcp(db:3306)/shop`, `host=db user=me dbname=shop`; undefined for other texts. */
export function dsnOf(value: string): Said | undefined {
  const [dsn, at, path = '/', name] = mysql.exec(value) ?? []
  if (dsn !== undefined)
    return { kinds: ['mysql', 'mariadb'], ...said(at, name), ...(path === '/' ? {} : { path }), login: dsn.includes('@') }
  const words = new Map([...value.slice(0, 1000).matchAll(word)].map(([, key = '', quoted, plain]) => [key, quoted ?? plain ?? '']))
  if (!words.has('host') || !(words.has('dbname') || words.has('user'))) return undefined
  return { kinds: ['postgres'], ...said(words.get('host'), words.get('dbname')), login: words.has('user') }
}

function said(host: string | undefined, database: string | undefined): Pick<Said, 'holds' | 'host' | 'database'> {
  return { holds: 'url', ...(host ? { host } : {}), ...(database && /^[\w-]+$/.test(database) ? { database } : {}) }
}
