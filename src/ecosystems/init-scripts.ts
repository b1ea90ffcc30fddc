import type { Notice } from '../model/app.ts'
import type { ComposeService } from '../model/compose.ts'
import type { InitScript, ServiceKind, ServiceNeed } from '../model/service.ts'
import type { Tree } from '../model/tree.ts'
import { optional } from './optional.ts'

/** Where the official images of all databases look for what they run once, while the data is made. */
const folder = '/docker-entrypoint-initdb.d'

interface Row {
  /** Statements for the database. Programs are left out: what they need of their container is not known. */
  readonly statements: RegExp
  /** Variables with the names that statements may speak of. */
  readonly database: RegExp
  readonly user: RegExp
  /** The name in the place of one that is not said. */
  readonly usual?: string
}

const sql = /\.sql(?:\.(?:gz|xz|zst))?$/
const rows: Partial<Record<ServiceKind, Row>> = {
  postgres: { statements: sql, database: /^POSTGRES_DB$/, user: /^POSTGRES_USER$/, usual: 'postgres' },
  mysql: { statements: sql, database: /^MYSQL_DATABASE$/, user: /^MYSQL_USER$/ },
  mariadb: { statements: sql, database: /^M(?:ARIADB|YSQL)_DATABASE$/, user: /^M(?:ARIADB|YSQL)_USER$/ },
  mongodb: { statements: /\.js$/, database: /^MONGO_INITDB_DATABASE$/, user: /^MONGO_INITDB_ROOT_USERNAME$/ },
}

/** What a database of a person's compose file begins with, and what database and user are called there: nothing where it begins empty. */
export function initScripts(
  tree: Tree,
  kind: ServiceKind,
  service: ComposeService | undefined,
): Pick<ServiceNeed, 'initScripts' | 'database' | 'user'> {
  const row = rows[kind]
  const scripts = row === undefined || service === undefined ? [] : mounted(tree, service).filter((script) => runsAlone(tree, row, script))
  if (row === undefined || service === undefined || scripts.length === 0) return {}
  const user = named(service, row.user, row.usual)
  return { initScripts: scripts, ...optional('user', user), ...optional('database', named(service, row.database, row.usual && user)) }
}

/** For a database that began with what a program did. */
export function programsLeftOut(tree: Tree, kind: ServiceKind, service: ComposeService | undefined): readonly Notice[] {
  const row = rows[kind]
  if (row === undefined || service === undefined) return []
  return mounted(tree, service)
    .filter((script) => !runsAlone(tree, row, script))
    .map(({ path }) => ({
      code: 'init-script-left-out',
      text: `${service.because.file} has a new ${service.name} run ${path}. It holds a program, or something else that is no statement; what that needs is not known, so it is left out.`,
      because: [service.because],
      fix: 'When it is needed, mount it in the new compose file as it was in the old one: later runs keep your edit.',
    }))
}

/** The value of a variable, `usual` when it is not there, and nothing when its value is not known. */
function named({ environment }: ComposeService, variable: RegExp, usual: string | undefined): string | undefined {
  const found = environment.find(({ name }) => variable.test(name))
  return found === undefined ? usual : found.value
}

function mounted(tree: Tree, { volumes, because }: ComposeService): readonly InitScript[] {
  return volumes.flatMap(({ source = '', target }) => {
    const path = source.replace(/^(?:\.\/)+|\/+$/g, '')
    const place = target.replace(/\/+$/, '')
    const isThere = place === folder ? tree.folders.has(path) : place.startsWith(`${folder}/`) && tree.files.has(path)
    return isThere ? [{ path, place, because }] : []
  })
}

function runsAlone(tree: Tree, { statements }: Row, { path, place }: InitScript): boolean {
  if (place !== folder) return statements.test(place)
  const files = [...tree.files].filter((file) => file.startsWith(`${path}/`) && !file.slice(path.length + 1).includes('/'))
  return files.some((file) => statements.test(file)) && !files.some((file) => file.endsWith('.sh'))
}
