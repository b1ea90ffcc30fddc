import type { ServiceKind } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import { addressOf } from '../addresses.ts'
import type { Client } from '../needs.ts'
import { toldValues } from '../told.ts'
import type { Package } from './packages.ts'

/** What a database is by the names that Django and its drivers have for it. */
export type Engine = ServiceKind | 'postgis' | 'sqlite'

export const engines: readonly (readonly [RegExp, Engine])[] = [
  [/gis\.db\.backends\.postgis|\bpostgis\b/, 'postgis'],
  [/postgresql|psycopg|psqlextra|django_tenants\.postgres|\bpostgres\b|\bpgsql\b/, 'postgres'],
  [/mysql/, 'mysql'],
  [/django_mongodb_backend|\bdjongo\b|\bmongodb\b/, 'mongodb'],
  [/sqlite|spatialite/, 'sqlite'],
]

/** The kind whose driver it needs. */
export function baseOf(engine: Engine): Engine {
  return engine === 'postgis' ? 'postgres' : engine
}

/** Drivers by the names of their packages. */
export const drivers: readonly (readonly ['postgres' | 'mysql', RegExp])[] = [
  ['postgres', /^(?:psycopg|pg8000|asyncpg)/],
  ['mysql', /^(?:mysqlclient|pymysql|mysql-connector-python)$/],
]

/** By the address that the repository shows somewhere. */
export function engineTold(tree: Tree): Pick<Client, 'kind' | 'flavour'> | undefined {
  const values = toldValues(tree).get('DATABASE_URL') ?? []
  for (const { value } of values) {
    const kind = addressOf(value)?.kinds[0]
    if (kind !== undefined) return { kind, ...(value.startsWith('postgis') ? { flavour: 'postgis' } : {}) }
  }
  return undefined
}

/** By the driver that is installed. */
export function driverIn(packages: readonly Package[]): { readonly kind: 'postgres' | 'mysql' } | undefined {
  const found = drivers.find(([, names]) => packages.some((item) => names.test(item.name)))
  return found === undefined ? undefined : { kind: found[0] }
}
