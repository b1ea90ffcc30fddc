import { readdirSync, readFileSync } from 'node:fs'
import { parse } from '@iarna/toml'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { lockJsonSchema, presetJsonSchema, projectJsonSchema } from '../../src/presets/json-schema.ts'

const schemas = { preset: presetJsonSchema, project: projectJsonSchema, lock: lockJsonSchema }
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false })
const valid = { preset: ajv.compile(presetJsonSchema), project: ajv.compile(projectJsonSchema), lock: ajv.compile(lockJsonSchema) }

/** As it is shipped: what holds nothing further stands in one line. */
const written = (schema: object): string =>
  JSON.stringify(schema, undefined, 1).replace(
    /([{[])\n\s+([^{}[\]]*?)\n\s+([}\]])/g,
    (_, open: string, inner: string, close: string) => `${open} ${inner.replace(/\n\s+/g, ' ')} ${close}`,
  )

it.each(Object.entries(schemas))('the schema of a %s is published as it is', async (name, schema) => {
  await expect(`${written(schema)}\n`).toMatchFileSnapshot(`../../schemas/${name}.v1.json`)
})

describe('an independent validator', () => {
  it.each(readdirSync('presets'))('accepts presets/%s', (file) => {
    valid.preset(parse(readFileSync(`presets/${file}`, 'utf8')))
    expect(valid.preset.errors).toBeNull()
  })

  it('accepts a project file with everything, and a lock', () => {
    valid.project(parse(readFileSync('test/projects/node-choices/secure-docker.toml', 'utf8')))
    expect(valid.project.errors).toBeNull()
    valid.project(parse('extends = ["strict"]\n[[waiver]]\nfloor = "memory"\nreason = "r"\nowner = "o"\nexpires = 2027-03-31\n'))
    expect(valid.project.errors).toBeNull()
    const files = `[files."compose.yaml"]\nejected = true\n[files.Dockerfile]\nhash = "sha256:${'a'.repeat(64)}"\nbase = "FROM x"\n`
    valid.lock(parse(`lockVersion = 1\ntool = "0.1.0"\n[facts]\nport = { value = "1", file = "a", seen = "b" }\n${files}`))
    expect(valid.lock.errors).toBeNull()
  })

  it.each([
    ['project', 'memroy = 1\n'],
    ['project', 'memory = "much"\n'],
    ['project', '[[waiver]]\nfloor = "memory"\n'],
    ['project', 'npm-registry = "http://example.com"\n'],
    ['project', '[environment]\nAPI_TOKEN = "x"\n'],
    ['preset', 'extends = []\n'],
    ['preset', 'description = "x"\n[floors]\nmemory = { maximum = 1 }\n'],
    ['preset', 'description = "x"\n[floors]\nforbidden-ports = ["a"]\n'],
    ['lock', 'lockVersion = 1\n'],
  ] as const)('refuses this %s: %j', (kind, toml) => {
    expect(valid[kind](parse(toml))).toBe(false)
  })
})
