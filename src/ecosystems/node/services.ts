import type { Variable } from '../../model/app.ts'
import type { Connection, ServiceFlavour, ServiceKind, ServiceNeed } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import { addressesIn } from '../addresses.ts'
import { entryOf } from '../entry.ts'
import { type Client, type Needs, needsOf } from '../needs.ts'
import { evidenceAt } from '../search.ts'
import { clients, drivers, engines, mappers, s3 } from './clients.ts'
import { inComment } from './code.ts'
import type { Manifest } from './manifest.ts'

const engineNamed =
  /(?<![\w.])["']?(?:dialect|type|client|provider|driver|database)["']?\s{0,4}[:=]\s{0,4}(?:[\w.]{1,40}\s{0,4}(?:\|\||\?\?)\s{0,4})?["'`]([a-z0-9-]{2,20})["'`]/g
const settingsOfMappers =
  /(?:^|\/)(?:knexfile|ormconfig|typeorm\.config|data-?source|drizzle\.config|mikro-orm\.config|database|sequelize|db)\b[^/]*\.(?:[cm]?[jt]s|json)$|(?:^|\/)config\/(?:config|database)\.json$/
const imported = /(?:\bfrom\s{0,4}|\brequire\(\s{0,4}|\bimport\(\s{0,4}|^import\s{1,4})['"]([^'"\n]{1,100})['"]/gm
const prismaEngine = /^datasource\s[^{]{0,80}\{[^}]{0,600}?\bprovider\s{0,10}=\s{0,10}["'](\w+)["']/gm

export interface NodeNeeds extends Needs {
  /** Without a service of its own it keeps its data in a file of SQLite. */
  readonly inFile: boolean
}

/** Services whose clients the program's code uses, with the engine that its settings name. */
export function findServices(tree: Tree, manifest: Manifest, files: readonly string[], variables: readonly Variable[]): NodeNeeds {
  const found = [...fromImports(tree, manifest, files), ...fromMappers(tree, manifest, files), ...fromPrisma(tree, manifest)]
  const sqlite = found.some((c) => c.kind === 'sqlite') || usesSqlite(tree, manifest, files)
  const known = found.flatMap((c): Client[] => {
    const { kind } = c
    return kind === 'sqlite' ? [] : [{ ...c, kind, optional: c.optional || (sqlite && isDatabase(kind)) }]
  })
  const { services, ...rest } = needsOf(tree, known, variables, addressesIn(files.map((file) => [file, tree.texts.get(file) ?? ''])))
  return {
    ...rest,
    services: services.map((need) => withEngine(withOwnForm(need, manifest), variables)),
    inFile: sqlite && services.every((need) => need.optional || !isDatabase(need.kind)),
  }
}

/** The client of MariaDB takes no address of another scheme, those of Memcached take none with a scheme. */
function withOwnForm(need: ServiceNeed, { dependencies }: Manifest): ServiceNeed {
  const form: Partial<Connection> | undefined =
    need.kind === 'mariadb' && 'mariadb' in dependencies
      ? { scheme: 'mariadb' }
      : need.kind === 'memcached'
        ? { holds: 'host-and-port' }
        : undefined
  const connections = need.connections.map((c) => (c.holds === 'url' ? { ...c, ...form } : c))
  return { ...need, connections }
}

const engineVariable = /^(?:(?:DB|DATABASE|SQL|SEQUELIZE)_(?:TYPE|DIALECT|CLIENT|DRIVER|ENGINE|PROVIDER)|TYPEORM_(?:CONNECTION|TYPE))$/

/** A mapper that takes its engine from a variable, has no other, and is shown none by the repository. */
function withEngine(need: ServiceNeed, variables: readonly Variable[]): ServiceNeed {
  if (need.optional || !isDatabase(need.kind)) return need
  const open = variables.filter(
    (v) => (v.default ?? '') === '' && engineVariable.test(v.name) && !need.connections.some(({ variable }) => variable === v.name),
  )
  // knex calls them by their drivers.
  const driver = need.kind === 'postgres' ? 'pg' : need.kind === 'mongodb' ? need.kind : 'mysql2'
  const connections = open.map((v): Connection => {
    return { variable: v.name, holds: 'engine', value: v.name.endsWith('CLIENT') ? driver : need.kind }
  })
  return { ...need, connections: [...need.connections, ...connections] }
}

/** Code imports its driver, or a mapper that loads drivers by name finds it installed. */
function usesSqlite(tree: Tree, { dependencies }: Manifest, files: readonly string[]): boolean {
  const installed = Object.keys(dependencies)
  if (installed.some((name) => mappers.test(name)) && installed.some((name) => drivers[name] === 'sqlite')) return true
  return files.some((file) =>
    [...(tree.texts.get(file) ?? '').matchAll(imported)].some(([, path = '']) => drivers[path] === 'sqlite' && path in dependencies),
  )
}

type Named = Omit<Client, 'kind'> & { readonly kind: ServiceKind | 'sqlite' }

function isDatabase(kind: ServiceKind): boolean {
  return kind === 'postgres' || kind === 'mysql' || kind === 'mariadb' || kind === 'mongodb'
}

function fromImports(tree: Tree, { dependencies }: Manifest, files: readonly string[]): readonly Named[] {
  const found = new Map<string, Named>()
  for (const file of files) {
    const text = tree.texts.get(file) ?? ''
    for (const match of [...text.matchAll(imported)].slice(0, 200)) {
      const name = packageOf(match[1] ?? '')
      const kind = name === s3 && /\bendpoint\b|S3_ENDPOINT/.test(text) ? 'minio' : entryOf(clients, name)
      if (kind === undefined || found.has(name) || !(name in dependencies) || inComment(text, match.index)) continue
      if (/^\s*import\s+type\b/.test(evidenceAt(file, text, match.index).saw)) continue
      found.set(name, { kind, because: evidenceAt(file, text, match.index), optional: name === s3, ...flavourOf(dependencies) })
    }
  }
  return [...found.values()].map((c) => (c.kind === 'postgres' ? c : withoutFlavour(c)))
}

function withoutFlavour({ flavour: _, ...client }: Named): Named {
  return client
}

function flavourOf(dependencies: Manifest['dependencies']): { readonly flavour?: ServiceFlavour } {
  return 'pgvector' in dependencies ? { flavour: 'pgvector' } : {}
}

/** A mapper's driver counts when its settings name the engine, or when it is the only one. */
function fromMappers(tree: Tree, { dependencies, evidence }: Manifest, files: readonly string[]): readonly Named[] {
  const mapper = Object.keys(dependencies).find((name) => mappers.test(name))
  if (mapper === undefined) return []
  const installed = Object.keys(drivers).filter((name) => name in dependencies)
  const places = [
    ...new Set([...files, ...[...tree.texts.keys()].filter((file) => settingsOfMappers.test(file) && !/test|node_modules/.test(file))]),
  ]
  const named = places.flatMap((file) => {
    const text = tree.texts.get(file) ?? ''
    return [...text.matchAll(engineNamed)].slice(0, 200).flatMap((match): Named[] => {
      const word = match[1] ?? ''
      const kind = entryOf(engines, word)
      if (kind === undefined || inComment(text, match.index) || !installed.some((name) => isDriver(name, kind))) return []
      return [{ kind, because: evidenceAt(file, text, match.index), optional: false }]
    })
  })
  if (named.length > 0) return named
  const kinds = new Set(installed.map((name) => drivers[name]))
  const [only] = kinds
  const [driver] = installed
  return kinds.size === 1 && only !== undefined && driver !== undefined
    ? [{ kind: only, because: evidence('dependencies', driver), optional: false }]
    : []
}

function isDriver(name: string, kind: ServiceKind | 'sqlite'): boolean {
  const driven = drivers[name]
  return driven === kind || (kind === 'mariadb' && driven === 'mysql') || (kind === 'mysql' && driven === 'mariadb')
}

function fromPrisma(tree: Tree, { dependencies, devDependencies }: Manifest): readonly Named[] {
  if (!('@prisma/client' in dependencies || 'prisma' in { ...dependencies, ...devDependencies })) return []
  return [...tree.texts].flatMap(([file, text]) =>
    file.endsWith('.prisma')
      ? [...text.matchAll(prismaEngine)].slice(0, 200).flatMap((match): Named[] => {
          const word = match[1] ?? ''
          const kind = entryOf(engines, word)
          const at = match.index + match[0].lastIndexOf('provider')
          return kind === undefined ? [] : [{ kind, because: evidenceAt(file, text, at), optional: false }]
        })
      : [],
  )
}

/** `@scope/name/sub` is `@scope/name`. */
function packageOf(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/')
}
