import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { optionKeys } from '../../src/choose/options.ts'
import { folderWith, nodeApp, secureDocker } from './run.ts'

const schemas = readdirSync('schemas').map((file) => JSON.parse(readFileSync(`schemas/${file}`, 'utf8')) as AnySchemaObject)
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true, schemas: schemas.map(closed) })

/** Readers have to bear new fields; here each of them has to be in the schema. */
function closed(schema: unknown): AnySchemaObject {
  if (Array.isArray(schema)) return schema.map(closed) as unknown as AnySchemaObject
  if (typeof schema !== 'object' || schema === null) return schema as unknown as AnySchemaObject
  const parts = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, closed(part)]))
  return 'properties' in schema && !('allOf' in schema) ? { additionalProperties: false, ...parts } : parts
}

function expectValid(name: string, out: string): void {
  const validate = ajv.getSchema(`urn:secure-docker:${name}:1`)
  if (validate === undefined) throw new Error(`there is no schema ${name}`)
  validate(JSON.parse(out))
  expect(validate.errors ?? []).toEqual([])
}

const app = {
  ...nodeApp,
  'package.json': '{ "name": "shop", "license": "MIT", "scripts": { "start": "node server.js" }, "dependencies": { "a": "1" } }\n',
}

it('every schema is named after what it describes, with its version', () => {
  expect(schemas.map(({ $id }) => $id)).toEqual(
    readdirSync('schemas').map((file) => `urn:secure-docker:${file.replace('.json', '').replace('.v', ':')}`),
  )
  expect(schemas.find(({ $id }) => $id === 'urn:secure-docker:common:1')?.['$defs'].option.enum.toSorted()).toEqual(optionKeys.toSorted())
})

it('detect --json tells of what is called and of the front end', () => {
  const root = folderWith({})
  cpSync('test/projects/node-main', root, { recursive: true })
  writeFileSync(join(root, 'Dockerfile'), 'FROM node:24\nRUN apk add ffmpeg\n')
  const { out } = secureDocker(root, 'detect', '--json')
  expectValid('detect', out)
  expect(JSON.parse(out).apps[0]).toMatchObject({
    tools: [{ name: 'ffmpeg', because: { file: 'Dockerfile', line: 2 } }],
    frontEnd: { folder: 'client', commands: [['npm', 'run', 'build']], made: [{ to: 'client/dist', read: true }] },
  })
})

it.each(['node-express', 'node-eol', 'node-no-lock', 'go-cmd', 'django-uv', 'django-sqlite'])('detect --json: %s', (fixture) => {
  expectValid('detect', secureDocker(`test/projects/${fixture}`, 'detect', '--json').out)
})

it('init, check, update and explain, from the first file to a conflict', () => {
  const root = folderWith(app)
  const run = (...args: readonly string[]): string => secureDocker(root, ...args, '--json').out
  expectValid('init', run('init', '--dry-run'))
  expectValid('init', run('init', '--yes'))
  expectValid('update', run('check'))
  writeFileSync(join(root, 'Dockerfile'), readFileSync(join(root, 'Dockerfile'), 'utf8').replace('EXPOSE 3000', 'EXPOSE 9000'))
  expectValid('init', run('init', '--yes'))
  writeFileSync(join(root, 'server.js'), nodeApp['server.js'].replace('3000', '4000'))
  expectValid('update', run('check'))
  const diff = run('diff')
  expectValid('diff', diff)
  expect(diff).toContain('"diff": "--- a/Dockerfile\\n')
  const conflict = run('update')
  expectValid('update', conflict)
  expect(conflict).toContain('"conflict"')
  for (const target of ['Dockerfile:1', 'compose.yaml:1', 'no-setuid', '14', 'lock-missing']) expectValid('explain', run('explain', target))
  expectValid('explain', run('explain'))
  expectValid('status', run())
  const ejected = run('eject', 'compose.yaml')
  expectValid('eject', ejected)
  expect(JSON.parse(ejected)).toMatchObject({ ejected: 'compose.yaml', followed: ['.dockerignore', 'Dockerfile'] })
  for (const shell of ['bash', 'zsh', 'fish']) expectValid('completion', run('completion', shell))
})

it('services with secrets, and a folder with nothing', () => {
  const root = folderWith({})
  expectValid('status', secureDocker(root, '--json').out)
  cpSync('test/projects/django-nested', root, { recursive: true })
  const init = secureDocker(root, 'init', '--yes', '--json').out
  expectValid('init', init)
  expect(JSON.parse(init).secrets.made).not.toEqual([])
  expectValid('secrets', secureDocker(root, 'secrets', '--json').out)
  expectValid('update', secureDocker(root, 'update', '--json').out)
  expectValid('undo', secureDocker(root, 'update', '--undo', '--json').out)
})

it('config and preset', () => {
  const root = folderWith({ ...app, 'secure-docker.toml': 'extends = ["cis"]\n[labels]\nteam = "a"\n' })
  expectValid('config', secureDocker(root, 'config', '--json').out)
  expectValid('presets', secureDocker(root, 'preset', 'list', '--json').out)
  expectValid('preset-new', secureDocker(root, 'preset', 'new', 'ours', '--json').out)
  for (const name of ['strict', 'ours']) expectValid('preset-source', secureDocker(root, 'preset', 'show', name, '--json').out)
  expectValid('effects', secureDocker(root, 'preset', 'test', 'ours', '--json').out)
})

it('what fails', () => {
  const root = folderWith({})
  const failures = [['init', '--yes'], ['detect'], ['check'], ['explain', 'nothing'], ['init', '--port', 'many'], ['detect', 'missing']]
  for (const args of failures) expectValid('problem', secureDocker(root, ...args, '--json').out)
  expectValid('problem', secureDocker(folderWith({ ...app, 'secure-docker.toml': 'port = = 1\n' }), 'init', '--json').out)
})

it('would be noticed: an unknown field, a missing one, a wrong value', () => {
  for (const document of ['{ "schema": 1, "apps": [], "more": 1 }', '{ "schema": 1 }', '{ "schema": 2, "apps": [] }'])
    expect(() => expectValid('detect', document)).toThrow()
})
