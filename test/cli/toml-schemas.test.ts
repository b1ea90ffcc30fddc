import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith, nodeApp, secureDocker } from './run.ts'

/** One program that checks TOML files against a JSON Schema. */
interface Checker {
  readonly name: string
  readonly check: (schema: string, ...files: readonly string[]) => SpawnSyncReturns<string>
}

const run = (command: string, ...args: readonly string[]): SpawnSyncReturns<string> => spawnSync(command, args, { encoding: 'utf8' })
const schemaOf = (kind: string): string => resolve('schemas', `${kind}.v1.json`)

// What editors complete and check TOML with.
const taplo: Checker = {
  name: 'taplo',
  check: (schema, ...files) =>
    run(process.execPath, resolve('node_modules/@taplo/cli/dist/cli.js'), 'lint', '--schema', `file://${schemaOf(schema)}`, ...files),
}

/** Installed from PyPI where there is a Python with venv; why not, where it cannot be. */
function installed(): string | { readonly missing: string } {
  const home = resolve('node_modules/.cache/check-jsonschema')
  const program = join(home, 'bin/check-jsonschema')
  if (existsSync(program)) return program
  const steps = [
    ['python3', '-m', 'venv', home],
    [join(home, 'bin/pip'), 'install', '--quiet', '--disable-pip-version-check', 'check-jsonschema==0.39.0'],
  ] as const
  for (const [command, ...args] of steps) {
    const { status, stderr, error } = run(command, ...args)
    if (status === 0) continue
    rmSync(home, { recursive: true, force: true })
    return { missing: error?.message ?? stderr.trim() }
  }
  return program
}

const program = installed()
if (typeof program !== 'string') process.stderr.write(`check-jsonschema WAS NOT RUN: ${program.missing}\n`)
const checkers: readonly Checker[] = [
  taplo,
  ...(typeof program === 'string'
    ? [
        {
          name: 'check-jsonschema',
          check: (schema: string, ...files: readonly string[]) => run(program, '--schemafile', schemaOf(schema), ...files),
        },
      ]
    : []),
]

const waiver = '[[waiver]]\nfloor = "memory"\nreason = "r"\nowner = "o"\nexpires = 2027-03-31\n'
const accepted = {
  preset: {
    ...Object.fromEntries(readdirSync('presets').map((file) => [file, readFileSync(`presets/${file}`, 'utf8')])),
    'blocks.toml':
      'description = "x"\n[defaults]\nuser-range = "20000-29999"\n[blocks]\nignore = { file = "i.hbs" }\n[[case]]\nwhen = { kind = ["web"] }\n',
  },
  project: {
    'choices.toml': readFileSync('test/projects/node-choices/secure-docker.toml', 'utf8'),
    'waiver.toml': `extends = ["strict", "github>acme/presets//node#^1"]\n${waiver}`,
  },
} as const
const refused = [
  ['project', 'memroy = 1\n', 'memroy'],
  ['project', 'memory = "much"\n', 'integer'],
  ['preset', 'description = "x"\n[floors]\nmemory = { maximum = 1 }\n', 'maximum'],
  ['preset', 'extends = []\n', 'description'],
  ['lock', 'lockVersion = 1\n', 'tool'],
] as const

describe.each(checkers)('$name', ({ check }) => {
  it.each(['preset', 'project'] as const)('accepts each %s', (schema) => {
    const root = folderWith(accepted[schema])
    const { status, stdout, stderr } = check(schema, ...Object.keys(accepted[schema]).map((file) => join(root, file)))
    expect(`${stdout}${stderr}`).not.toMatch(/error/i)
    expect(status).toBe(0)
  })

  it.each(refused)('refuses a %s and says why: %j', (schema, toml, why) => {
    const { status, stdout, stderr } = check(schema, join(folderWith({ 'file.toml': toml }), 'file.toml'))
    expect(status).toBe(1)
    expect(`${stdout}${stderr}`).toContain(why)
  })

  it('accepts what init writes', () => {
    const root = folderWith(nodeApp)
    expect(secureDocker(root, 'init', '--yes', '--preset', 'strict').code).toBe(0)
    expect(check('project', join(root, 'secure-docker.toml')).status).toBe(0)
    // Its name says nothing of its format.
    writeFileSync(join(root, 'lock.toml'), readFileSync(join(root, 'secure-docker.lock')))
    expect(check('lock', join(root, 'lock.toml')).status).toBe(0)
  })
})

it.skipIf(typeof program !== 'string')('check-jsonschema accepts every schema as one', () => {
  const files = readdirSync('schemas').map((file) => `schemas/${file}`)
  expect(run(String(program), '--check-metaschema', ...files)).toMatchObject({ status: 0 })
})
