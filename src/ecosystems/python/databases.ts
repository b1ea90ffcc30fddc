import type { Evidence } from '../../model/evidence.ts'
import type { Connection, ServiceKind } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import type { Client } from '../needs.ts'
import { evidenceAt } from '../search.ts'
import { kindOfImage } from '../service-images.ts'
import { toldValues } from '../told.ts'
import { evidenceIn, inBranch } from './branches.ts'
import { baseOf, driverIn, drivers, type Engine, engines, engineTold } from './engines.ts'
import type { Package } from './packages.ts'
import { postgresOnly } from './postgres-only.ts'
import type { Settings } from './settings.ts'
import { engineRead, switchOf } from './switch.ts'

const engineNamed =
  /["']((?:[\w.]{1,60}\.(?:backends?|db)\.[\w.]{1,40}|django_mongodb_backend|djongo|psqlextra\.backend|(?:postgres(?:ql)?|postgis|pgsql|mysql|mysqlgis|sqlite|spatialite):\/\/[^"'\n]{0,200}))["']/g
const assigned = /^([ \t]*)DATABASES(?:\[["']default["']\])?[ \t]*(?::[^=\n]{1,60})?=[ \t]*/gm
const throughUrl = /\benv\.(?:db|db_url|dj_db_url)\(|dj_database_url\.|DatabaseURLValue\(/g
const entry = /["'](NAME|USER|PASSWORD|HOST|PORT)["']\s{0,4}:\s{0,4}([^\n]{0,200}(?:\(\n[^\n]{0,200})?)/g
const holds: Readonly<Record<string, Connection['holds']>> = {
  NAME: 'database',
  USER: 'user',
  PASSWORD: 'password',
  HOST: 'host',
  PORT: 'port',
}
/** Conditions under which no program is served. */
const aside = /\btest|TEST|DEBUG|sys\.argv|\bCI\b|collectstatic|DEV\b/
/** A file in place of a server that others share. */
const alone = /develop|\blocal/i

interface Named {
  readonly engine: Engine
  readonly because: Evidence
  /** The condition that it stands under. */
  readonly branch: string | undefined
  /** Text of the assignment that it stands in. */
  readonly block: string
  /** What makes the settings take it. */
  readonly chosen?: Connection | undefined
}

/** The database engines that the settings configure. One beside SQLite is optional when SQLite is what they take by themselves, unless migrations need it. */
export function databaseClients(tree: Tree, settings: Settings, packages: readonly Package[]): readonly Client[] {
  const found = configured(tree, settings, packages)
  const needed = postgresOnly(tree, packages)
  if (needed === undefined) return found
  return found.length > 0
    ? found.map((client) => (client.kind === 'postgres' ? { ...client, optional: false, firm: true } : client))
    : [{ kind: 'postgres', because: needed, optional: false, firm: true }]
}

function configured(tree: Tree, settings: Settings, packages: readonly Package[]): readonly Client[] {
  const named = settings.files.flatMap((file) => {
    const text = tree.texts.get(file) ?? ''
    return [...enginesIn(file, text), ...byVariable(tree, file, text, packages)]
  })
  // What the importing file assigns at its left margin wins.
  const winning = installedOf(named, packages).find((n) => n.branch === undefined)
  if (winning !== undefined && winning.engine !== 'sqlite') return [clientOf(winning, false)]
  const served = installedOf(named, packages).filter(
    ({ branch = '', engine }) => !aside.test(branch) && !(engine === 'sqlite' && alone.test(branch)),
  )
  const others = served.filter((n) => n.engine !== 'sqlite')
  // What the project's own compose file runs is used there.
  const falls = served.some((n) => n.engine === 'sqlite') && !isComposed(tree, others[0]?.engine ?? driverIn(packages)?.kind)
  if (others.length > 0) return others.slice(0, 1).map((n) => clientOf(n, falls))
  return byUrl(tree, settings, packages, falls)
}

function isComposed({ compose = [] }: Tree, engine: Engine | undefined): boolean {
  const images = compose.flatMap(({ services }) => services.map(({ image }) => kindOfImage(image?.value ?? '')?.kind))
  return images.some((kind) => kind !== undefined && engine !== undefined && kind === baseOf(engine))
}

/** An address of long ago may name an engine whose driver is no longer installed. */
function installedOf(named: readonly Named[], packages: readonly Package[]): readonly Named[] {
  const driver = driverIn(packages)?.kind
  if (driver === undefined) return named
  return named.map((n) => {
    const hasDriver =
      n.engine === 'sqlite' || drivers.some(([kind, names]) => kind === baseOf(n.engine) && packages.some((p) => names.test(p.name)))
    return hasDriver || baseOf(n.engine) === 'mongodb' ? n : { ...n, engine: driver }
  })
}

function enginesIn(file: string, text: string): readonly Named[] {
  const blocks = [...text.matchAll(assigned)]
    .slice(0, 200)
    .map((match) => ({ at: match.index, text: balanced(text, match.index + match[0].length) }))
  return [...text.matchAll(engineNamed)].slice(0, 200).flatMap((match): Named[] => {
    const value = match[1] ?? ''
    const engine = engines.find(([pattern]) => pattern.test(value))?.[1]
    const because = evidenceIn(file, text, match.index)
    const line = because?.saw ?? ''
    if (isOther(text, match.index)) return []
    const block = blocks.find((b) => match.index > b.at && match.index < b.at + 80 + b.text.length)
    const isDatabase = block !== undefined || /ENGINE|DATABASE|database_url|\bdb\b|sqlite:|postgres|default\s*=/.test(line)
    if (engine === undefined || because === undefined || !isDatabase || /router|CACHE|session/i.test(value)) return []
    const branch = inBranch(text, match.index)?.line
    return [{ engine, because, branch, block: block?.text ?? '', chosen: switchOf(branch ?? '', engine, text) }]
  })
}

function clientOf({ engine, because, block, chosen }: Named, optional: boolean): Client {
  const found = entriesOf(block)
  return {
    ...(engine === 'postgis' ? { kind: 'postgres', flavour: 'postgis' } : { kind: engine as ServiceKind }),
    because,
    optional,
    connections: chosen === undefined ? found.connections : [chosen, ...found.connections],
    ...found.stated,
  }
}

/** What the entries of the first database say: the variables that they read, or hosts and names outright. */
function entriesOf(block: string): { readonly connections: readonly Connection[]; readonly stated: Pick<Client, 'host' | 'database'> } {
  const seen = new Set<string>()
  const connections: Connection[] = []
  let stated: Pick<Client, 'host' | 'database'> = {}
  for (const [, key = '', expression = ''] of block.matchAll(entry)) {
    if (seen.has(key)) continue
    seen.add(key)
    const variable = /(?:[eE]nv|[cC]onfig|[sS]ecret|get_\w+)[\w.]*\s{0,4}[([]\s*(?:name\s*=\s*)?["']([A-Z][A-Z0-9_]{1,80})["']/.exec(
      expression,
    )?.[1]
    const text = /^["']([^"'\n]*)["']/.exec(expression)?.[1]
    const fallback = /["'][A-Z][A-Z0-9_]*["']\s*,\s*(?:default\s*=\s*)?["']([\w.-]+)["']/.exec(expression)?.[1]
    if (variable !== undefined) connections.push({ variable, holds: holds[key] ?? 'database' })
    const plain = text ?? fallback
    if (key === 'HOST' && plain) stated = { ...stated, host: plain }
    if (key === 'NAME' && plain && /^[\w-]+$/.test(plain)) stated = { ...stated, database: plain }
  }
  return { connections, stated }
}

/** Settings that take a URL: its default, what examples say, and the installed driver tell the engine. */
function byUrl(tree: Tree, settings: Settings, packages: readonly Package[], falls: boolean): readonly Client[] {
  for (const file of settings.files) {
    const text = tree.texts.get(file) ?? ''
    for (const match of [...text.matchAll(throughUrl)].slice(0, 200)) {
      const because = evidenceIn(file, text, match.index)
      if (because === undefined) continue
      const kind = engineTold(tree) ?? driverIn(packages)
      return kind === undefined ? [] : [{ ...kind, because, optional: falls }]
    }
  }
  return []
}

/** Settings that take the engine from a variable: what examples give it tells, else the installed driver. */
function byVariable(tree: Tree, file: string, text: string, packages: readonly Package[]): readonly Named[] {
  const read = engineRead.exec(text)
  const variable = read?.[1]
  if (read === null || variable === undefined || isOther(text, read.index)) return []
  const told = toldValues(tree)
    .get(variable)
    ?.find(({ value }) => engines.some(([pattern]) => pattern.test(value)))?.value
  const kind = told === undefined ? driverIn(packages)?.kind : undefined
  const engine = kind ?? engines.find(([pattern]) => pattern.test(told ?? ''))?.[1]
  if (engine === undefined || engine === 'sqlite') return []
  const value = told ?? (engine === 'postgres' ? 'django.db.backends.postgresql' : 'django.db.backends.mysql')
  const block = text.slice(read.index, read.index + 1200)
  const branch = inBranch(text, read.index)?.line
  return [{ engine, because: evidenceAt(file, text, read.index), branch, block, chosen: { variable, holds: 'engine', value } }]
}

/** It belongs to another database than the first: `DATABASES["replica"] = {`. */
function isOther(text: string, index: number): boolean {
  const [, alias] =
    [...text.slice(Math.max(0, index - 4000), index).matchAll(/^[ \t]*\w+(?:\[["'](\w{1,60})["']\])?[ \t]*(?::[^=\n]{1,60})?=(?!=)/gm)].at(
      -1,
    ) ?? []
  return alias !== undefined && alias !== 'default'
}

/** From an index to where the brackets that open there are closed. */
export function balanced(text: string, start: number): string {
  let depth = 0
  const end = Math.min(text.length, start + 4000)
  for (let i = start; i < end; i++) {
    const char = text[i] ?? ''
    if ('{(['.includes(char)) depth++
    if ('})]'.includes(char)) depth--
    if (depth <= 0 && (char === '\n' || '})]'.includes(char))) return text.slice(start, i + 1)
  }
  return text.slice(start, end)
}
