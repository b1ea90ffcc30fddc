import type { Variable } from '../model/app.ts'
import type { SecretPart, SecretPlan } from '../model/plan.ts'
import type { Connection } from '../model/service.ts'
import { handedThrough } from './environment.ts'
import { type Side, secretPath } from './row.ts'

/** What the programs of a project get from outside, each of them alike. */
export interface Wiring {
  readonly environment: Readonly<Record<string, string>>
  /** Values that the repository itself shows. */
  readonly examples?: Readonly<Record<string, string>>
  /** Handed through by name from where they are started. */
  readonly variables: readonly string[]
  readonly secrets: readonly SecretPlan[]
  /** Of those, the names of files with a line `NAME=value`, which a loader reads. */
  readonly loaded: readonly string[]
}

/** One variable with its value, which is a secret when a part of it is. */
interface Entry {
  readonly variable: string
  readonly file?: string
  readonly value: readonly SecretPart[]
}

/** Tells programs where their services are, and gives them the secrets that they cannot do without. */
export function wiringOf(sides: readonly Side[], variables: readonly Variable[]): Wiring {
  const connected = sides.flatMap((side) => side.need.connections.map((connection) => entryOf(connection, side)))
  const entries = connected.filter(({ variable }, i) => connected.findIndex((other) => other.variable === variable) === i)
  const rest = variables.filter(({ name }) => !entries.some((e) => e.variable === name || e.file === name))
  const own = rest.filter((v) => v.secret && (v.generated || v.required))
  const shown = rest.flatMap(({ name, example }) => (example === undefined ? [] : [[name, example.value] as const]))
  const open = entries.filter((e) => !isSecret(e))
  const files = entries.filter((e) => isSecret(e) && e.file !== undefined)
  const lines = [...entries.filter((e) => isSecret(e) && e.file === undefined).map(lineOf), ...own.map(ownSecret)]
  return {
    environment: Object.fromEntries(
      [
        ...open.map((e) => [e.variable, e.value.join('')] as const),
        ...files.map((e) => [e.file ?? '', secretPath(e.variable)] as const),
      ].sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    ...(shown.length === 0 ? {} : { examples: Object.fromEntries(shown) }),
    variables: handedThrough(rest.filter((v) => !own.includes(v))),
    secrets: [...files.map((e) => ({ name: e.variable, content: e.value })), ...lines],
    loaded: lines.map((secret) => secret.name),
  }
}

function isSecret({ value }: Entry): boolean {
  return value.some((part) => typeof part !== 'string')
}

function lineOf({ variable, value }: Entry): SecretPlan {
  return { name: variable, content: [`${variable}=`, ...value] }
}

function ownSecret({ name, generated, length }: Variable): SecretPlan {
  return generated ? lineOf({ variable: name, value: [{ value: name, ...(length === undefined ? {} : { length }) }] }) : { name }
}

function entryOf(connection: Connection, side: Side): Entry {
  const { variable, file } = connection
  return { variable, ...(file === undefined ? {} : { file }), value: partsOf(connection, side) }
}

function partsOf(connection: Connection, { row, given }: Side): readonly SecretPart[] {
  switch (connection.holds) {
    case 'url':
      return urlOf(connection, row, given)
    case 'host':
      return [given.name]
    case 'port':
      return [String(row.port)]
    case 'host-and-port':
      return [`${given.name}:${row.port}`]
    case 'user':
      return [given.user]
    case 'database':
      return [given.database]
    case 'engine':
      return [connection.value ?? row.scheme]
    // A service that knows no password does not mind one.
    case 'password':
      return [{ value: given.withPassword ? given.name : connection.variable }]
  }
}

function urlOf(
  { scheme, form, path }: Connection,
  row: Side['row'],
  { name, user, database, withPassword }: Side['given'],
): readonly SecretPart[] {
  const said = inUrl(path ?? row.path?.(database) ?? '')
  const rest = row.query === undefined || !withPassword ? said : withParameter(said, row.query)
  if (form === 'tcp')
    return withPassword ? [`${user}:`, { value: name }, `@tcp(${name}:${row.port})${rest}`] : [`tcp(${name}:${row.port})${rest}`]
  const place = `${name}:${row.port}${rest}`
  const start = `${inUrl(scheme ?? row.scheme)}://`
  return withPassword ? [`${start}${inUrl(user)}:`, { value: name }, `@${place}`] : [`${start}${place}`]
}

/** A path with one more parameter, in the place of one of the same name. */
function withParameter(path: string, parameter: string): string {
  const [place = '', query = ''] = path.split('?')
  const others = query.split('&').filter((other) => other !== '' && other.split('=')[0] !== parameter.split('=')[0])
  return `${place}?${[...others, parameter].join('&')}`
}

/** A part of an address. It stands in a line of a file of variables too, where quotes, `#` and `$` would mean something. */
function inUrl(text: string): string {
  return encodeURI(text).replace(/['"#$`\\]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
