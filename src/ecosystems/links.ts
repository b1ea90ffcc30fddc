import type { Variable } from '../model/app.ts'
import { type Connection, databases, type ServiceKind } from '../model/service.ts'
import { addressOf } from './addresses.ts'
import { namedBy, type Role, roleOf } from './roles.ts'
import { isComposeFile, type Told } from './told.ts'

/** A variable that tells of a service. */
export interface Link {
  readonly connection: Connection
  readonly role: Role
  /** The program asks whether it is set, or leaves it empty: without it, it runs on. */
  readonly idle: boolean
  /** The project's own compose file gives the program an address in it, and code reads it. */
  readonly given: boolean
}

/** It says where the service is. */
export function leads({ holds }: Connection): boolean {
  return holds === 'url' || holds === 'host' || holds === 'host-and-port'
}

/**
 * The variables that tell of a kind, among all kinds that the program has clients of. Names that no code reads count when no other
 * leads there: an example shows them, or the project's own compose file gives them an address.
 */
export function linksTo(
  kind: ServiceKind,
  kinds: ReadonlySet<ServiceKind>,
  variables: readonly Variable[],
  told: ReadonlyMap<string, readonly Told[]>,
): readonly Link[] {
  const names = new Set(variables.map((v) => v.name))
  const linked = (v: Variable): readonly Link[] => {
    const role = roleIn(v, kinds, told.get(v.name) ?? [])
    if (role?.kinds.find((k) => kinds.has(k)) !== kind) return []
    const { holds, scheme, path } = role
    // Of other things a file of that name may be anything.
    const isSecret = v.secret || holds === 'password' || holds === 'url'
    const file = isSecret && names.has(`${v.name}_FILE`) ? { file: `${v.name}_FILE` } : {}
    const connection = {
      variable: v.name,
      holds,
      ...(scheme === undefined ? {} : { scheme }),
      ...(path === undefined ? {} : { path }),
      ...file,
    }
    const known = v.because.length > 0
    const given = (told.get(v.name) ?? []).some((t) => isComposeFile(t.because.file) && addressOf(t.value)?.kinds.includes(kind) === true)
    return [{ connection, role, idle: known ? !v.required && v.default === '' && !v.secret : !given, given: known && given }]
  }
  const read = variables.filter((v) => v.because.some((b) => b.saw !== v.name)).flatMap(linked)
  if (read.some((l) => leads(l.connection))) return [...read, ...engines(kind, variables, told)]
  const given = [...told].flatMap(([name, values]) =>
    !names.has(name) && values.some((t) => isComposeFile(t.because.file) && addressOf(t.value) !== undefined) ? [unread(name)] : [],
  )
  return [...[...variables, ...given].flatMap(linked), ...engines(kind, variables, told)]
}

const chooses = /(?:^|_)(?:engine|driver|dialect|client|type|provider|backend|store)$/i
const encrypts = /(?:^|_)(?:db|database|postgres(?:ql)?|pg|mysql)_?(?:\w{1,30}_)?(?:ssl|tls)(?:_?mode|_enabled)?$/i
const plainly = /^(?:true|false|yes|no|on|off|[01]|disabled?|allow|prefer)$/i

/** Variables by which a program that knows several takes this one (`DB_TYPE=postgres`), where the repository says so; and whether it wants a database to be reached encrypted, where a compose file does. */
function engines(kind: ServiceKind, variables: readonly Variable[], told: ReadonlyMap<string, readonly Told[]>): readonly Link[] {
  const says = (name: string, { value, because }: Told): boolean =>
    (chooses.test(name) && namedBy(value).includes(kind)) ||
    (databases.includes(kind) && encrypts.test(name) && plainly.test(value) && isComposeFile(because.file))
  return variables.flatMap(({ name, because }): readonly Link[] => {
    const value = because.length === 0 ? undefined : told.get(name)?.find((one) => says(name, one))?.value
    if (value === undefined) return []
    return [{ connection: { variable: name, holds: 'engine', value }, role: { kinds: [kind], holds: 'engine' }, idle: false, given: false }]
  })
}

function unread(name: string): Variable {
  return { name, required: false, secret: false, generated: false, because: [] }
}

/** The address of something else that the program could talk to says nothing. */
function roleIn(v: Variable, kinds: ReadonlySet<ServiceKind>, told: readonly Told[]): Role | undefined {
  const values = [...(v.default === undefined ? [] : [v.default]), ...told.map((t) => t.value)]
  return roleOf(
    v.name,
    values.filter((value) => addressOf(value)?.kinds.some((k) => kinds.has(k)) !== false),
  )
}
