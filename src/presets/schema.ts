import { refsSchema } from '../choose/refs.ts'
import type { Schema } from '../choose/schema.ts'
import type { BlockName, Condition, FloorLimit, FloorName, LimitName, PlainFloor, Range } from '../model/preset.ts'

/** What a floor may be in a preset, and what it then means; undefined when it asks for nothing. */
interface FloorRow<N extends FloorName> {
  readonly expected: string
  readonly describe: string
  readonly schema: Schema
  read(value: never): (FloorLimit & { readonly floor: N }) | undefined
}

const word: Schema = { type: 'string', pattern: '^\\S+$', maxLength: 200 }
const words: Schema = { type: 'array', items: word, maxItems: 200 }
const portRange: Schema = { type: 'string', pattern: String.raw`^\d{1,5}-\d{1,5}$` }
const flag: Schema = { type: 'boolean' }

const range = <N extends LimitName | 'restarts' | 'user'>(floor: N, describe: string): FloorRow<N> => ({
  expected: '{ min = …, max = … } with numbers above 0',
  describe,
  schema: {
    type: 'object',
    propertyNames: { type: 'string', enum: ['min', 'max'] },
    additionalProperties: { type: 'number', exclusiveMinimum: 0, maximum: 2_147_483_647 },
    maxProperties: 2,
  },
  read: (value: { readonly min?: number; readonly max?: number }) => ({ floor, ...value }) as FloorLimit & { readonly floor: N },
})

const must = <N extends PlainFloor | 'supported-release'>(floor: N, describe: string): FloorRow<N> => ({
  expected: 'true or false',
  describe,
  schema: flag,
  read: (value: boolean) => (value ? ({ floor } as FloorLimit & { readonly floor: N }) : undefined),
})

function portsFrom(port: number | string): Range {
  const [from = 0, to = from] = String(port).split('-').map(Number)
  return { from, to }
}

/** Every floor that a preset can set. */
export const floorTable: { readonly [N in FloorName]: FloorRow<N> } = {
  memory: range('memory', 'Memory limit in MiB'),
  cpus: range('cpus', 'Processor limit'),
  pids: range('pids', 'Limit of processes and threads'),
  files: range('files', 'Limit of open files'),
  user: range('user', 'User ids that images which are built here may run under'),
  restarts: range('restarts', 'How often a service is started again after a failure'),
  registries: {
    expected: 'a list of hosts, such as ["docker.io"]',
    describe: 'Hosts that images may come from',
    schema: words,
    read: (allow: readonly string[]) => ({ floor: 'registries', allow }),
  },
  images: {
    expected: 'a list of image names, such as ["docker.io/library/node", "gcr.io/distroless/*"]',
    describe: 'Images that may be built on or started, without tags; * stands for anything',
    schema: words,
    read: (allow: readonly string[]) => ({ floor: 'images', allow }),
  },
  labels: {
    expected: 'a table of labels with the regular expression of each value',
    describe: 'Labels that the image must have, with the regular expression of the whole value',
    schema: {
      type: 'object',
      propertyNames: { type: 'string', pattern: '^[a-z0-9][a-z0-9._/-]*$', maxLength: 128 },
      additionalProperties: { type: 'string', maxLength: 200 },
      maxProperties: 50,
    },
    read: (require: Readonly<Record<string, string>>) => ({ floor: 'labels', require }),
  },
  'forbidden-ports': {
    expected: 'a list of ports and ranges, such as [22, "1-1023"]',
    describe: 'Ports that nothing may listen on or publish',
    schema: { type: 'array', items: { anyOf: [{ type: 'integer', minimum: 1, maximum: 65_535 }, portRange] }, maxItems: 1000 },
    read: (ports: readonly (number | string)[]) => ({ floor: 'forbidden-ports', ports: ports.map(portsFrom) }),
  },
  capabilities: {
    expected: 'a list of capabilities, such as ["NET_BIND_SERVICE"]',
    describe: 'The only capabilities that may be added',
    schema: { type: 'array', items: { type: 'string', pattern: '^[A-Z_]+$', maxLength: 40 }, maxItems: 50 },
    read: (allow: readonly string[]) => ({ floor: 'capabilities', allow }),
  },
  'read-only': must('read-only', 'The root file system of every service is read-only'),
  'non-root': must('non-root', 'Nothing runs as root'),
  lockfile: must('lockfile', 'Dependencies come from a lockfile that holds all that is asked for'),
  hashes: must('hashes', 'What is installed is checked against hashes'),
  'not-privileged': must('not-privileged', 'No service is privileged'),
  'no-new-privileges': must('no-new-privileges', 'No program gains privileges'),
  'no-host-namespaces': must('no-host-namespaces', "No service shares the host's network, processes, memory or users"),
  'no-engine-socket': must('no-engine-socket', "No service gets the engine's socket"),
  'no-privileged-ports': must('no-privileged-ports', 'No port of the host below 1024 is published'),
  'host-interface': must('host-interface', 'Ports are published on a named interface'),
  'own-network': must('own-network', 'Services are on networks of their own'),
  confined: must('confined', 'No service takes off seccomp, AppArmor or SELinux'),
  'health-check': must('health-check', 'The image has a health check, and no service switches it off'),
  'supported-release': must('supported-release', 'No release past its end of life'),
  release: {
    expected: '{ node = "22" } or the like, for node, go, python',
    describe: 'Oldest release line of each language',
    schema: {
      type: 'object',
      propertyNames: { type: 'string', enum: ['node', 'go', 'python'] },
      additionalProperties: { type: 'string', pattern: '^\\d+(\\.\\d+)?$', maxLength: 10 },
      maxProperties: 3,
    },
    read: (oldest: { readonly node?: string; readonly go?: string; readonly python?: string }) => ({ floor: 'release', oldest }),
  },
  errors: {
    expected: 'a list of codes, such as ["dependencies-unpinned"]',
    describe: 'Notices whose findings are errors',
    schema: words,
    read: (codes: readonly string[]) => ({ floor: 'errors', codes }),
  },
}

/** Every place that a preset can fill. */
export const blockNames: readonly BlockName[] = ['before-install', 'after-install', 'final-stage', 'compose-service', 'ignore']

export const conditionSchema: Readonly<Record<keyof Condition, Schema>> = {
  ecosystem: { type: 'array', items: { type: 'string', enum: ['node', 'go', 'python'] }, maxItems: 3 },
  framework: words,
  kind: { type: 'array', items: { type: 'string', enum: ['web', 'worker'] }, maxItems: 2 },
}

/** Keys of the document; the tables are described elsewhere. */
export const documentSchema = {
  description: { type: 'string', pattern: '\\S', maxLength: 500 },
  extends: refsSchema,
  waivers: flag,
  when: flag,
  case: flag,
  defaults: flag,
  force: flag,
  floors: flag,
  blocks: flag,
} as const satisfies Readonly<Record<string, Schema>>
