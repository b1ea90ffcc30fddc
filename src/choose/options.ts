import type { Origin, Sourced } from '../model/evidence.ts'
import type { OptionKey, OptionValues } from '../model/options.ts'
import { Problem } from '../model/problem.ts'
import { accepts, type Schema } from './schema.ts'

/** What the value of an option may be, for flags, answers, the project file and presets alike. */
export interface Kind {
  readonly expected: string
  readonly schema: Schema
}

const natural = { type: 'integer', minimum: 1, maximum: 2_147_483_647 } as const

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
  count: { expected: 'a number above 0, a whole number', schema: natural },
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
    describe: 'What is started: a file (Node.js), the folder of a main package (Go), module:application (Django)',
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
  user: { kind: kinds.user, describe: 'Numeric user and group id' },
  memory: { kind: kinds.count, describe: 'Memory limit in MiB' },
  cpus: { kind: kinds.amount, describe: 'Processor limit, such as 0.5' },
  pids: { kind: kinds.count, describe: 'Limit of processes and threads' },
}

/** Every key, in the order of the table. */
export const optionKeys = Object.keys(optionTable) as readonly OptionKey[]

/** Name of the file that holds a repository's choices. */
export const projectFile = 'secure-docker.toml'

/** The file of a repository that chose nothing. */
export const emptyProject = `# Choices of this repository for secure-docker. What is not here is detected, or a default.
# Every key: ${optionKeys.join(', ')}.
`

/** Checks one value against its option. `where` names the flag or the line that it came from. Throws a Problem (exit 2). */
export function parsed(key: OptionKey, given: unknown, from: Origin, where = `--${key}`): Sourced<OptionValues[OptionKey]> {
  const { kind, describe } = optionTable[key]
  const numeric = kind.schema.type === 'integer' || kind.schema.type === 'number'
  const value = numeric && typeof given === 'string' && given.trim() !== '' ? Number(given) : given
  if (accepts(kind.schema, value)) return { value: value as OptionValues[OptionKey], from, because: [] }
  throw new Problem({
    code: 'option-invalid',
    exit: 2,
    message: `${where}: ${(JSON.stringify(given) ?? '').slice(0, 120)} is not ${kind.expected}.`,
    fix: `${key}: ${describe}.`,
  })
}
