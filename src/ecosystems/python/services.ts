import type { Variable } from '../../model/app.ts'
import type { ServiceKind } from '../../model/service.ts'
import type { Tree } from '../../model/tree.ts'
import { addressesIn, addressOf } from '../addresses.ts'
import { type Client, type Needs, needsOf } from '../needs.ts'
import { roleOf } from '../roles.ts'
import { toldValues } from '../told.ts'
import { evidenceIn, inBranch } from './branches.ts'
import { databaseClients } from './databases.ts'
import type { Package } from './packages.ts'
import { assigned, type Settings } from './settings.ts'

/** Backends in settings, each with what it talks to. */
const backends: readonly (readonly [RegExp, ServiceKind])[] = [
  [
    /["'](?:django\.core\.cache\.backends\.redis\.|django_redis\.cache\.|redis_cache\.|channels_redis\.|channels_valkey\.|django_rq["'])/g,
    'redis',
  ],
  [/["']django_valkey\.cache\./g, 'valkey'],
  [/["'](?:django\.core\.cache\.backends\.memcached\.|django_bmemcached\.|django_pylibmc\.|django_pymemcache\.)/g, 'memcached'],
  [
    /["']haystack\.backends\.elasticsearch|\bELASTICSEARCH_DSL\b|["']django_elasticsearch_dsl["']|["']wagtail\.search\.backends\.elasticsearch/g,
    'elasticsearch',
  ],
  [/\bOPENSEARCH_DSL\b/g, 'opensearch'],
  [/\bAWS_S3_ENDPOINT_URL\b\s{0,4}=/g, 'minio'],
  [/["']django\.core\.mail\.backends\.smtp\.|^EMAIL_HOST\s{0,4}=(?!\s{0,4}["'])/gm, 'mailpit'],
]
/** Settings that hold the address of a broker, whose scheme says what it is. */
const brokers =
  /^[ \t]*(?:CELERY_|DRAMATIQ_|HUEY_)?(?:BROKER(?:_URL)?|BROKER_URL|RESULT_BACKEND)[ \t]*=[ \t]*([^\n]*(?:\n[ \t]+[^\n]*){0,4})/gm
/** Clients that a project's own code calls. */
const libraries: readonly (readonly [RegExp, ServiceKind])[] = [
  [/^redis$/, 'redis'],
  [/^(?:pymongo|mongoengine)$/, 'mongodb'],
  [/^(?:pika|aio-pika)$/, 'rabbitmq'],
  [/^nats-py$/, 'nats'],
  [/^(?:kafka-python|confluent-kafka|aiokafka)$/, 'kafka'],
  [/^elasticsearch$/, 'elasticsearch'],
  [/^opensearch-py$/, 'opensearch'],
  [/^meilisearch$/, 'meilisearch'],
  [/^minio$/, 'minio'],
]
/** Packages by the name of the module that is imported. */
const modules: Readonly<Record<string, string>> = {
  'aio-pika': 'aio_pika',
  'nats-py': 'nats',
  'kafka-python': 'kafka',
  'confluent-kafka': 'confluent_kafka',
  'opensearch-py': 'opensearchpy',
}
const beside = /(?:^|\/)(?:tests?|testing|migrations|docs?|examples?|scripts?)\/|(?:^|\/)(?:test_\w*|conftest)\.py$|_tests?\.py$/

/** Services that the settings configure. */
export function djangoServices(
  tree: Tree,
  folder: string,
  settings: Settings,
  packages: readonly Package[],
  variables: readonly Variable[],
): Needs {
  const texts = settings.files.map((file) => [file, tree.texts.get(file) ?? ''] as const)
  const clients = [
    ...databaseClients(tree, settings, packages),
    ...texts.flatMap(([file, text]) => [...backendsIn(file, text), ...brokersIn(tree, settings, file, text, variables)]),
  ]
  return needsOf(tree, [...clients, ...imports(tree, folder, packages, clients, variables)], variables, addressesIn(texts))
}

function backendsIn(file: string, text: string): readonly Client[] {
  return backends.flatMap(([pattern, kind]) =>
    [...text.matchAll(pattern)].slice(0, 200).flatMap((match): Client[] => {
      const because = evidenceIn(file, text, match.index)
      if (because === undefined) return []
      const host = /["'](?:LOCATION|hosts|URL)["']\s{0,4}:\s{0,4}[[({\s]{0,40}["'](?:\w+:\/\/)?([\w.-]+)/.exec(
        text.slice(match.index, match.index + 300).split('}', 1)[0] ?? '',
      )?.[1]
      const branch = inBranch(text, match.index)?.line
      const optional = kind === 'mailpit' || kind === 'minio' || (branch !== undefined && !/^else|DEBUG|DEV|test/i.test(branch))
      return [{ kind, because, optional, ...(host === undefined ? {} : { host }) }]
    }),
  )
}

function brokersIn(tree: Tree, settings: Settings, file: string, text: string, variables: readonly Variable[]): readonly Client[] {
  return [...text.matchAll(brokers)].slice(0, 200).flatMap((match): Client[] => {
    const because = evidenceIn(file, text, match.index)
    const kind = because === undefined ? undefined : brokerOf(tree, followed(tree, settings, match[1] ?? ''), variables)
    return because === undefined || kind === undefined ? [] : [{ kind, because, optional: inBranch(text, match.index) !== undefined }]
  })
}

/** A name alone stands for what another setting says. */
function followed(tree: Tree, settings: Settings, expression: string): string {
  const [name] = /^\w+(?=\s*$)/.exec(expression.split('\n', 1)[0] ?? '') ?? []
  return (name === undefined ? undefined : assigned(tree, settings, name)?.text) ?? expression
}

/** Told by the address, by what the variable is given elsewhere, or by its name. */
function brokerOf(tree: Tree, expression: string, variables: readonly Variable[]): ServiceKind | undefined {
  const literal = /["'](\w+:\/\/[^"'\n]*)["']/.exec(expression)?.[1]
  const direct = literal === undefined ? undefined : addressOf(literal.replace(/[{}$]/g, ''))?.kinds[0]
  if (direct !== undefined) return direct
  const name =
    /["']([A-Z][A-Z0-9_]{1,80})["']/.exec(expression)?.[1] ??
    /\b([A-Z][A-Z0-9_]*(?:REDIS|RABBIT|AMQP|BROKER)[A-Z0-9_]*)\b/.exec(expression)?.[1]
  if (name === undefined) return undefined
  const own = variables.find((v) => v.name === name)?.default
  const values = [...(own === undefined ? [] : [own]), ...(toldValues(tree).get(name) ?? []).map((t) => t.value)]
  const role = roleOf(name, values)
  const told = values.some((value) => addressOf(value) !== undefined)
  return told || role?.kinds.length === 1 || /REDIS|RABBIT|AMQP/.test(name)
    ? (role?.kinds[0] ?? (/REDIS/.test(name) ? 'redis' : 'rabbitmq'))
    : undefined
}

/** Libraries that code imports where no setting tells of the service: they count when a variable leads to it. */
function imports(
  tree: Tree,
  folder: string,
  packages: readonly Package[],
  known: readonly Client[],
  variables: readonly Variable[],
): readonly Client[] {
  const wanted = libraries.flatMap(([name, kind]) => {
    const found = known.some((c) => c.kind === kind) ? undefined : packages.find((item) => name.test(item.name))
    return found === undefined ? [] : [{ kind, module: modules[found.name] ?? found.name.replaceAll('-', '_') }]
  })
  if (wanted.length === 0) return []
  const root = folder === '.' ? '' : `${folder}/`
  const files = [...tree.texts.keys()].filter((file) => file.endsWith('.py') && file.startsWith(root) && !beside.test(file))
  return wanted.flatMap(({ kind, module }): Client[] => {
    const pattern = new RegExp(`^[ \\t]*(?:import|from)[ \\t]+${module}\\b`, 'm')
    for (const file of files) {
      const text = tree.texts.get(file) ?? ''
      const at = pattern.exec(text)
      const because = at === null ? undefined : evidenceIn(file, text, at.index + at[0].length - 1)
      // Without its address, which no default stands in for, the program does not start.
      const required = variables.some((v) => v.required && roleOf(v.name, [])?.kinds[0] === kind)
      if (because !== undefined) return [{ kind, because, optional: !required }]
    }
    return []
  })
}
