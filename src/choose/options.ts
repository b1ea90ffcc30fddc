import type { Origin, Sourced } from '../model/evidence.ts'
import type { OptionKey, OptionValues } from '../model/options.ts'
import { Problem } from '../model/problem.ts'
import { serviceNames } from '../model/service.ts'
import { accepts, type Schema } from './schema.ts'

/** What the value of an option may be, for flags, answers, the project file and presets alike. */
export interface Kind {
  readonly expected: string
  readonly schema: Schema
}

const natural = { type: 'integer', minimum: 1, maximum: 2_147_483_647 } as const

const texts = (key: string, value: Schema): Schema => ({
  type: 'object',
  propertyNames: { type: 'string', pattern: key, maxLength: 128 },
  additionalProperties: value,
  maxProperties: 50,
})
// No user name in it: what stands here is committed.
const address = String.raw`https://[^\s@,'"]+`
const host = String.raw`[a-z0-9]+(?:[.-][a-z0-9]+)*(?::\d{1,5})?`

const ports = { type: 'integer', minimum: 1, maximum: 65_535 } as const
const portText = String.raw`(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])`
const serviceText = `-?(?:${serviceNames.join('|')})`

const kinds = {
  text: { expected: 'a text of 1 to 500 characters', schema: { type: 'string', pattern: '\\S', maxLength: 500 } },
  name: {
    expected: 'a name of lower case letters, digits, dots and dashes',
    schema: { type: 'string', pattern: '^[a-z0-9][a-z0-9._-]{0,62}$' },
  },
  path: { expected: 'a path that begins with /', schema: { type: 'string', pattern: '^/[\\w\\-./~%]*$', maxLength: 500 } },
  ecosystem: { expected: 'one of node, go, python', schema: { type: 'string', enum: ['node', 'go', 'python'] } },
  port: { expected: 'a port: a whole number from 0 to 65535', schema: { type: 'integer', minimum: 0, maximum: 65_535 } },
  user: { expected: 'a user id: a whole number above 0, which is root', schema: natural },
  users: {
    expected: 'a range of user ids above 0, such as 20000-29999',
    schema: { type: 'string', pattern: String.raw`^[1-9]\d{0,8}-[1-9]\d{0,8}$` },
  },
  count: { expected: 'a number above 0, a whole number', schema: natural },
  seconds: { expected: 'a number of seconds from 1 to 3600', schema: { type: 'integer', minimum: 1, maximum: 3600 } },
  times: { expected: 'a whole number from 1 to 100', schema: { type: 'integer', minimum: 1, maximum: 100 } },
  base: { expected: 'one of distroless, slim, alpine', schema: { type: 'string', enum: ['distroless', 'slim', 'alpine'] } },
  network: {
    expected: 'a name of letters, digits, dots and dashes',
    schema: { type: 'string', pattern: String.raw`^[A-Za-z_][\w.-]{0,62}$` },
  },
  image: {
    expected: 'an image name such as registry.example.com/team/{name}',
    schema: { type: 'string', pattern: String.raw`^(?:[a-z0-9]|\{name\})(?:[a-z0-9._:/-]|\{name\})*$`, maxLength: 200 },
  },
  labels: {
    expected: 'a table of labels: names of lower case letters, digits, dots and dashes, with texts',
    schema: texts('^[a-z][a-z0-9._-]*$', { type: 'string', maxLength: 500 }),
  },
  environment: {
    expected: 'a table of variables with texts; what sounds secret is given at run time, or as a build secret',
    schema: texts(String.raw`^(?!(?:\w*_)?(?:PASSWORD|PASSWD|PASS|SECRET|TOKEN|KEY|CREDENTIALS?|APIKEY)$)[A-Za-z_]\w*$`, {
      type: 'string',
      maxLength: 500,
    }),
  },
  ignore: {
    expected: 'a list of patterns of .dockerignore that leave something out',
    schema: { type: 'array', items: { type: 'string', pattern: String.raw`^[^\s!#][^\n]*$`, maxLength: 200 }, maxItems: 100 },
  },
  registries: {
    expected: 'a table of registries, such as "docker.io" = "mirror.example.com/hub"',
    schema: texts(`^${host}$`, { type: 'string', pattern: `^${host}(?:/[a-z0-9]+(?:[._-][a-z0-9]+)*)*$`, maxLength: 200 }),
  },
  address: { expected: 'an https address without a user name', schema: { type: 'string', pattern: `^${address}$`, maxLength: 500 } },
  addresses: {
    expected: 'https addresses, separated by commas; the last may be direct or off',
    schema: { type: 'string', pattern: `^${address}(?:,${address})*(?:,(?:direct|off))?$`, maxLength: 500 },
  },
  certificate: {
    expected: 'a certificate as PEM text (-----BEGIN CERTIFICATE-----)',
    schema: {
      type: 'string',
      pattern: '^(?:-----BEGIN CERTIFICATE-----\\n(?:[A-Za-z0-9+/=]{1,76}\\n)+-----END CERTIFICATE-----\\n?)+$',
      maxLength: 20_000,
    },
  },
  secrets: {
    expected: 'a table of names with the absolute path at which install steps see the file',
    schema: texts('^[a-z][a-z0-9_-]*$', { type: 'string', pattern: String.raw`^/[\w./-]+$`, maxLength: 200 }),
  },
  switch: { expected: 'true or false', schema: { type: 'boolean' } },
  service: {
    expected: 'a name of lower case letters and digits, with single dashes or underscores between',
    schema: { type: 'string', pattern: '^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$', maxLength: 40 },
  },
  publish: {
    expected: 'a port from 1 to 65535, a range such as 3000-3001, or none',
    schema: { anyOf: [ports, { type: 'string', pattern: `^(?:none|${portText}(?:-${portText})?)$` }] },
  },
  services: {
    expected: `a list such as "redis, -postgres" of ${serviceNames.join(', ')}`,
    schema: { type: 'string', pattern: `^${serviceText}(?:[ ,]+${serviceText})*$`, maxLength: 500 },
  },
  amount: { expected: 'a number above 0', schema: { type: 'number', exclusiveMinimum: 0, maximum: 1024 } },
} as const satisfies Readonly<Record<string, Kind>>

interface Option {
  readonly kind: Kind
  readonly describe: string
}

/** Every option that a person can set, in the order in which they are shown. */
export const optionTable: Readonly<Record<OptionKey, Option>> = {
  ecosystem: { kind: kinds.ecosystem, describe: 'node, go or python, when the folder holds several' },
  start: {
    kind: kinds.text,
    describe:
      'What is started: a file or a folder of a workspace (Node.js), the folder of a site, the folder of a main package (Go), module:application (Django)',
  },
  release: { kind: kinds.text, describe: 'Release line of the language, such as 24, 1.27, 3.14' },
  port: { kind: kinds.port, describe: 'Port that the application listens on; 0 for none' },
  health: { kind: kinds.path, describe: 'Path that the health check asks for' },
  name: { kind: kinds.name, describe: 'Name of the image and of the Compose project' },
  description: { kind: kinds.text, describe: 'One sentence, for the label' },
  source: { kind: kinds.text, describe: 'Address of the source code, for the label' },
  url: { kind: kinds.text, describe: 'Address of the home page, for the label' },
  licenses: { kind: kinds.text, describe: 'SPDX expression, for the label' },
  vendor: { kind: kinds.text, describe: 'Who publishes it, for the label' },
  dev: { kind: kinds.switch, describe: 'Write compose.dev.yaml too, to run it while it is written: source mounted, reload, debugger' },
  user: { kind: kinds.user, describe: 'Numeric user and group id' },
  'user-range': { kind: kinds.users, describe: 'Range of which the project gets a user id, by its name, in place of user' },
  memory: { kind: kinds.count, describe: 'Memory limit in MiB' },
  cpus: { kind: kinds.amount, describe: 'Processor limit, such as 0.5' },
  pids: { kind: kinds.count, describe: 'Limit of processes and threads' },
  files: { kind: kinds.count, describe: 'Limit of open files' },
  base: { kind: kinds.base, describe: 'What the final image stands on: distroless, slim or alpine' },
  'health-interval': { kind: kinds.seconds, describe: 'Seconds between two health checks' },
  'health-timeout': { kind: kinds.seconds, describe: 'Seconds after which a health check has failed' },
  'health-start': { kind: kinds.seconds, describe: 'Seconds in which health checks may fail at first' },
  'health-retries': { kind: kinds.times, describe: 'Failed health checks in a row that make it unhealthy' },
  restarts: { kind: kinds.times, describe: 'How often it is started again after a failure' },
  'log-size': { kind: kinds.count, describe: 'Size of one log file in MB' },
  'log-files': { kind: kinds.times, describe: 'Number of log files that are kept' },
  network: { kind: kinds.network, describe: 'Name of the network that the app is reached on' },
  service: { kind: kinds.service, describe: 'Name of the Compose service that runs the app' },
  publish: {
    kind: kinds.publish,
    describe: 'Port of this machine that the app is published on; a range for several of it (3000-3001), or none',
  },
  services: {
    kind: kinds.services,
    describe: 'Services to set up although the app can do without (redis), and those that are elsewhere (-postgres)',
  },
  'expose-db': { kind: kinds.switch, describe: 'Publish the services beside the app, for this machine only' },
  image: { kind: kinds.image, describe: 'Name of the image that compose builds, such as registry.example.com/team/{name}' },
  'npm-registry': { kind: kinds.address, describe: 'Address of the registry that npm installs from' },
  'pip-index': { kind: kinds.address, describe: 'Address of the package index that takes the place of PyPI' },
  'go-proxy': { kind: kinds.addresses, describe: 'Module proxies of Go (GOPROXY)' },
  'ca-certificate': { kind: kinds.certificate, describe: 'Certificate authority to trust beside the usual ones, as PEM text' },
  ignore: { kind: kinds.ignore, describe: 'Patterns that .dockerignore leaves out beside ours' },
  labels: { kind: kinds.labels, describe: 'Further labels of the image' },
  environment: { kind: kinds.environment, describe: 'Further variables of the image: nothing secret' },
  registries: { kind: kinds.registries, describe: 'Registries that take the place of others, for every image' },
  'build-secrets': { kind: kinds.secrets, describe: 'Files that only the install steps see, by the name of the secret' },
}

function typeOf({ schema }: Kind): string {
  return 'type' in schema ? schema.type : ''
}

/** Every key, in the order of the table. */
export const optionKeys = Object.keys(optionTable) as readonly OptionKey[]

/** Options of one value: these can be given as flags. */
export const scalarKeys = optionKeys.filter((key) => !['array', 'object'].includes(typeOf(optionTable[key].kind)))

/** Name of the file that holds a repository's choices. */
export const projectFile = 'secure-docker.toml'

/** The file of a repository that chose nothing. */
export const emptyProject = `# Choices of this repository for secure-docker. What is not here is detected, or a default.
# Every key: ${optionKeys.join(', ')}.
`

/** Checks one value against its option. `where` names the flag or the line that it came from. Throws a Problem (exit 2). */
export function parsed(key: OptionKey, given: unknown, from: Origin, where = `--${key}`): Sourced<OptionValues[OptionKey]> {
  const { kind, describe } = optionTable[key]
  const type = typeOf(kind)
  const value = typeof given === 'string' ? ofText(given, type) : given
  if (accepts(kind.schema, value)) return { value: value as OptionValues[OptionKey], from, because: [] }
  throw new Problem({
    code: 'option-invalid',
    exit: 2,
    message: `${where}: ${(JSON.stringify(given) ?? '').slice(0, 120)} is not ${kind.expected}.`,
    fix: `${key}: ${describe}.`,
  })
}

/** A text as a value of that type, where it is one. */
function ofText(text: string, type: string): unknown {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return (type === 'integer' || type === 'number') && text.trim() !== '' ? Number(text) : text
}
