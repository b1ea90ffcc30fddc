import { optionTable } from '../choose/options.ts'
import { refsSchema } from '../choose/refs.ts'
import type { Schema } from '../choose/schema.ts'
import { waiverSchema } from '../choose/waivers.ts'
import { blockNames, conditionSchema, documentSchema, floorTable } from './schema.ts'

/** A JSON Schema (draft 2020-12) with words for people. */
export interface JsonSchema {
  readonly [key: string]: unknown
}

const head = (name: string, title: string, description: string): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:secure-docker:${name}:1`,
  title,
  description,
})

const closed = (properties: Readonly<Record<string, JsonSchema | Schema>>, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...(required.length > 0 && { required }),
})

function described<T extends { readonly describe: string }>(
  table: Readonly<Record<string, T>>,
  schemaOf: (row: T) => Schema,
): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(table).map(([key, row]) => [key, { ...schemaOf(row), description: row.describe }]))
}

const options = described(optionTable, ({ kind }) => kind.schema)
const floors = described(floorTable, ({ schema }) => schema)

const day = { anyOf: [waiverSchema.expires, { type: 'object', description: 'A date of TOML: 2027-03-31' }] }

/** Of secure-docker.toml. */
export const projectJsonSchema: JsonSchema = {
  ...head('project', 'secure-docker.toml', 'Choices of a repository for secure-docker'),
  ...closed({
    extends: { ...refsSchema, description: 'Presets that it follows, the last wins' },
    ...options,
    waiver: {
      type: 'array',
      maxItems: 100,
      description: 'Floors that this repository may be below for a while',
      items: closed({ ...waiverSchema, expires: day }, ['floor', 'reason', 'owner', 'expires']),
    },
  }),
}

const parts: Readonly<Record<string, JsonSchema>> = {
  when: closed(conditionSchema),
  options: closed(options),
  floors: closed(floors),
  blocks: closed(
    Object.fromEntries(blockNames.map((name) => [name, { anyOf: [{ type: 'string' }, closed({ file: { type: 'string' } }, ['file'])] }])),
  ),
}
const part = (name: string, description: string): JsonSchema => ({ $ref: `#/$defs/${name}`, description })

const section = {
  when: part('when', 'Every list that is here must hold what the project is'),
  defaults: part('options', 'For what detection leaves open'),
  force: part('options', 'Above detection, project file and answers'),
  floors: part('floors', 'What no repository can lower'),
  blocks: part('blocks', 'Templates for named places of the files, or { file = "…" } inside the preset'),
}

/** Of preset.toml. */
export const presetJsonSchema: JsonSchema = {
  ...head('preset', 'preset.toml', 'A preset of secure-docker'),
  $defs: parts,
  ...closed(
    {
      description: { ...documentSchema.description, description: 'What it is for, in a sentence' },
      extends: { ...refsSchema, description: 'Presets that it extends: it wins over them' },
      waivers: { ...documentSchema.waivers, description: 'Repositories may waive its floors' },
      ...section,
      case: { type: 'array', maxItems: 100, items: closed(section), description: 'What holds under further conditions' },
    },
    ['description'],
  ),
}

const text = { type: 'string' }
const table = (of: JsonSchema, description: string): JsonSchema => ({ type: 'object', additionalProperties: of, description })

/** Of secure-docker.lock, which nobody writes by hand. */
export const lockJsonSchema: JsonSchema = {
  ...head('lock', 'secure-docker.lock', 'What secure-docker wrote last'),
  ...closed(
    {
      lockVersion: { type: 'integer', minimum: 1, description: 'Raised when an older tool would misunderstand the file' },
      tool: { ...text, description: 'Version that wrote the files' },
      presets: table(
        closed(
          { digest: { ...text, pattern: '^sha256:[0-9a-f]{64}$' }, version: text, exact: { type: 'boolean' }, commit: text, newest: text },
          ['digest'],
        ),
        'Presets that were fetched, by their name as it is written',
      ),
      facts: table(closed({ value: text, file: text, seen: text }, ['value']), 'What the files were made from'),
      files: table(
        {
          anyOf: [
            closed({ hash: { ...text, pattern: '^sha256:[0-9a-f]{64}$' }, base: text }, ['hash', 'base']),
            closed({ ejected: { const: true } }, ['ejected']),
          ],
        },
        'The text of each file as it was written',
      ),
      replaced: table(closed({ text }, ['text']), 'Files of a person that ours took the place of: they go on telling of the project'),
    },
    ['lockVersion', 'tool'],
  ),
}
