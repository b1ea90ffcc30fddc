import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { ComposeFile, ComposeService, ComposeVariable } from '../model/compose.ts'
import type { Evidence } from '../model/evidence.ts'
import { commandOf, entries, filled, filledImage, isRecord, mountOf, portOf } from './values.ts'

// Nobody writes a longer one; whoever does may not keep us busy with it.
const longestText = 256 * 1024
const mostServices = 200
const mostAliases = 200

/** What a compose file says. Never throws: a file that cannot be read has a `problem` and no services. */
export function readCompose(text: string, file: string): ComposeFile {
  const failed = (problem: string, line?: number): ComposeFile => ({
    file,
    services: [],
    volumes: [],
    networks: [],
    problem: { text: problem, ...(line === undefined ? {} : { line }) },
  })
  const read = parseCompose(text, file)
  if ('problem' in read) return failed(read.problem, read.line)
  const { data, at } = read
  if (!isRecord(data['services'])) return failed('it has no services')
  const services = Object.entries(data['services']).slice(0, mostServices)
  return {
    file,
    services: services.flatMap(([name, value]) => (isRecord(value) ? [serviceOf(name, value, at)] : [])),
    volumes: isRecord(data['volumes']) ? Object.keys(data['volumes']) : [],
    networks: isRecord(data['networks']) ? Object.keys(data['networks']) : [],
  }
}

/** The document of a compose file as plain data, or why it cannot be read. Never throws. */
export function parseCompose(text: string, file: string): Parsed | { readonly problem: string; readonly line?: number } {
  if (text.length > longestText) return { problem: 'it is too large' }
  try {
    const lines = new LineCounter()
    const document = parseDocument(text, { lineCounter: lines, merge: true, logLevel: 'error', prettyErrors: false })
    const [error] = document.errors
    if (error !== undefined) return { problem: `it is not valid YAML (${error.code})`, line: lines.linePos(error.pos[0]).line }
    const data: unknown = document.toJS({ maxAliasCount: mostAliases })
    if (!isRecord(data)) return { problem: 'it has no services' }
    return { data, at: locator(document, lines, text, file), tags: tagsOf(document) }
  } catch (error) {
    // The parser calls itself for each level, and counts aliases while it resolves them.
    if (error instanceof RangeError) return { problem: 'it is nested too deeply' }
    if (error instanceof ReferenceError) return { problem: 'its aliases cannot be resolved' }
    // Thrown while the data is made: the parser has seen no fault in the text.
    if (error instanceof Error && error.message.startsWith('Merge sources')) return { problem: 'a merge (<<) names no mapping' }
    throw error
  }
}

export interface Parsed {
  readonly data: Readonly<Record<string, unknown>>
  readonly at: Locate
  /** Tags of Compose (`!reset`, `!override`) by the way to their value, joined with NUL. */
  readonly tags: ReadonlyMap<string, string>
}

function tagsOf(document: Document): Parsed['tags'] {
  const tags = new Map<string, string>()
  visit(document, {
    Pair(_, { key, value }, path) {
      if (!isNode(value) || value.tag === undefined || !/^!(?:reset|override)$/.test(value.tag)) return
      const way = [
        ...path.flatMap((above) => (isPair(above) && isScalar(above.key) ? [above.key.value] : [])),
        isScalar(key) ? key.value : '',
      ]
      tags.set(way.join('\0'), value.tag)
    },
  })
  return tags
}

/** Evidence for a place of the file: of the key that the path ends in. */
type Locate = (...path: readonly (string | number)[]) => Evidence

function locator(document: Document, lines: LineCounter, text: string, file: string): Locate {
  const all = text.split('\n')
  return (...path) => {
    const offset = offsetOf(document, path) ?? offsetOf(document, path.slice(0, 2))
    if (offset === undefined) return { file, saw: path.join('.') }
    const { line } = lines.linePos(offset)
    return { file, line, saw: (all[line - 1] ?? '').trim().slice(0, 120) }
  }
}

function offsetOf(document: Document, path: readonly (string | number)[]): number | undefined {
  const last = path.at(-1)
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const key = isMap(parent) ? parent.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(last))?.key : undefined
  const node = key ?? document.getIn(path, true)
  return isNode(node) ? node.range?.[0] : undefined
}

function serviceOf(name: string, value: Readonly<Record<string, unknown>>, at: Locate): ComposeService {
  const image = filledImage(value['image'])
  const dockerfile = dockerfileOf(value['build'])
  const target = isRecord(value['build']) ? filled(value['build']['target']) : undefined
  const command = commandOf(value['command'])
  return {
    name,
    because: at('services', name),
    ...(image ? { image: { value: image, because: at('services', name, 'image') } } : {}),
    ...(dockerfile === undefined ? {} : { dockerfile }),
    ...(target === undefined ? {} : { target }),
    ...(command === undefined ? {} : { command }),
    ports: entries(value['ports']).flatMap(([, port]) => portOf(port) ?? []),
    environment: entries(value['environment']).flatMap(([key, given]) => variableOf(key, given, at('services', name, 'environment', key))),
    volumes: entries(value['volumes']).flatMap(([, mount]) => mountOf(mount) ?? []),
    dependsOn: entries(value['depends_on']).flatMap(([key, given]) => filled(typeof key === 'string' ? key : given) ?? []),
  }
}

function dockerfileOf(build: unknown): string | undefined {
  if (typeof build === 'string') return inFolder(build, 'Dockerfile')
  if (!isRecord(build)) return undefined
  return inFolder(filled(build['context']) ?? '.', filled(build['dockerfile']) ?? 'Dockerfile')
}

function inFolder(folder: string, name: string): string {
  const parts = `${folder}/${name}`.split('/').filter((part) => part !== '' && part !== '.')
  return parts.join('/')
}

/** `NAME: value` of a map, `NAME=value` or `NAME` of a list. */
function variableOf(key: string | number, given: unknown, because: Evidence): readonly ComposeVariable[] {
  const line = typeof key === 'string' ? undefined : String(given)
  const name = typeof key === 'string' ? key : (line?.split('=', 1)[0] ?? '')
  const value = line === undefined ? filled(given) : line.includes('=') ? filled(line.slice(name.length + 1)) : undefined
  // Its value may be a secret: evidence is shown to people.
  return /^[A-Za-z_]\w*$/.test(name) ? [{ name, ...(value === undefined ? {} : { value }), because: { ...because, saw: name } }] : []
}
