import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsOf } from './imports.ts'

// What each layer may import beside itself; `main.ts`, `pipeline.ts` and `version.ts` are layers of one file.
// A folder that is not here may not exist, so that a new one is placed on purpose.
const pure = [
  'adjust',
  'catalogue',
  'choose',
  'compose',
  'dockerfile',
  'ecosystems',
  'presets',
  'reconcile',
  'render',
  'report',
  'rules',
  'services',
]
const everything = [...pure, 'model', 'edge', 'pipeline.ts', 'version.ts', 'commands']
const layers: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(pure.map((layer) => [layer, ['model']])),
  model: [],
  presets: ['model', 'catalogue', 'choose'],
  ecosystems: ['model', 'catalogue'],
  services: ['model', 'catalogue'],
  render: ['model', 'templates'],
  edge: ['model', 'report', 'version.ts'],
  'version.ts': ['package.json'],
  'pipeline.ts': [...pure, 'model'],
  commands: [...everything, 'templates'],
  'main.ts': ['commands', 'edge'],
  'block-worker.ts': ['presets'],
}
const nodeAllowed = new Set(['edge', 'main.ts', 'block-worker.ts'])
// Packages that do something to the world, and the layer that may ask them to.
const acting: Readonly<Record<string, string>> = {
  execa: 'edge',
  yargs: 'commands',
  '@inquirer/select': 'edge',
  '@inquirer/input': 'edge',
  '@inquirer/checkbox': 'edge',
  '@inquirer/editor': 'edge',
}

/** Why a file may not import a module, or undefined when it may. */
function objection(file: string, from: string): string | undefined {
  const [layer = '', folder] = file.split('/').slice(1)
  const allowed = layers[layer]
  if (allowed === undefined) return `${layer} is no layer that this test knows`
  if (from === '') return 'a computed name'
  if (isBuiltin(from)) return nodeAllowed.has(layer) ? undefined : `${layer} may not use Node.js`
  if (!from.startsWith('.')) {
    const only = acting[from]
    return only === undefined || only === layer ? undefined : `only ${only} may use ${from}`
  }
  const path = posix.join(posix.dirname(file), from)
  const [root = '', toLayer = '', toFolder] = path.split('/')
  const target = root === 'src' ? toLayer : root
  if (target !== layer) return allowed.includes(target) ? undefined : `${layer} may not know ${target}`
  // One ecosystem's folder knows nothing of another's.
  const foreign = layer === 'ecosystems' && file.split('/').length > 3 && path.split('/').length > 3 && folder !== toFolder
  return foreign ? `${folder ?? ''} may not know ${toFolder ?? ''}` : undefined
}

/** Files that reach themselves again by what they import: the way round, or undefined. */
function circle(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>()
  const walk = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
    if (done.has(file)) return undefined
    for (const next of imports.get(file) ?? []) {
      const found = walk(next, [...way, file])
      if (found !== undefined) return found
    }
    done.add(file)
    return undefined
  }
  for (const file of imports.keys()) {
    const found = walk(file, [])
    if (found !== undefined) return found
  }
  return undefined
}

function offences(file: string, source: string): readonly string[] {
  return importsOf(file, source).flatMap(({ from, line }) => {
    const why = objection(file, from)
    return why === undefined ? [] : [`${file}:${line} imports '${from}': ${why}`]
  })
}

describe('imports', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => `src/${file}`)

  it('are read from every file of ours', () => {
    expect(files).toContain('src/pipeline.ts')
    expect(importsOf('src/main.ts', readFileSync('src/main.ts', 'utf8')).map((i) => i.from)).toContain('./commands/cli.ts')
  })

  it('run one way', () => {
    expect(files.flatMap((file) => offences(file, readFileSync(file, 'utf8')))).toEqual([])
  })

  it('never lead back to the file that they began in', () => {
    const own = (file: string): readonly string[] =>
      importsOf(file, readFileSync(file, 'utf8')).flatMap(({ from }) =>
        from.startsWith('.') ? [posix.join(posix.dirname(file), from)] : [],
      )
    expect(circle(new Map(files.map((file) => [file, own(file)])))).toBeUndefined()
    const round = { a: ['b'], b: ['c', 'd'], c: [], d: ['b'] }
    expect(circle(new Map(Object.entries(round)))).toEqual(['b', 'd', 'b'])
  })

  it.each([
    ['src/model/app.ts', `import type { X } from '../render/x.ts'`, 'model may not know render'],
    ['src/rules/a.ts', `\nexport * from '../ecosystems/index.ts'`, 'rules may not know ecosystems'],
    ['src/render/a.ts', `const x = await import('../edge/scan.ts')`, 'render may not know edge'],
    ['src/report/a.ts', `type X = import('../choose/choose.ts').X`, 'report may not know choose'],
    ['src/choose/a.ts', `import { readFileSync } from 'fs'`, 'choose may not use Node.js'],
    ['src/services/a.ts', `import 'node:fs/promises'`, 'services may not use Node.js'],
    ['src/ecosystems/go/a.ts', `export { x } from '../node/x.ts'`, 'go may not know node'],
    ['src/ecosystems/go/a.ts', `import { produce } from '../../pipeline.ts'`, 'ecosystems may not know pipeline.ts'],
    ['src/edge/a/b.ts', `import { x } from '../../commands/init.ts'`, 'edge may not know commands'],
    ['src/commands/a.ts', `import { execa } from 'execa'`, 'only edge may use execa'],
    ['src/reconcile/a.ts', `import('../' + name)`, 'a computed name'],
    ['src/utils/a.ts', `import '../model/app.ts'`, 'utils is no layer that this test knows'],
  ])('would be caught in %s: %s', (file, source, why) => {
    const line = source.startsWith('\n') ? 2 : 1
    expect(offences(file, source)).toEqual([expect.stringMatching(new RegExp(`^${file}:${line} imports '.*': ${why}$`))])
  })

  it('that are allowed pass', () => {
    expect(offences('src/ecosystems/go/a.ts', `import { x } from '../search.ts'\nimport { y } from '../../catalogue/releases.ts'`)).toEqual(
      [],
    )
    expect(
      offences('src/edge/a.ts', `import { execa } from 'execa'\nimport 'node:fs'\nimport { Problem } from '../model/problem.ts'`),
    ).toEqual([])
    expect(offences('src/pipeline.ts', `import { render } from './render/render.ts'`)).toEqual([])
  })
})
