import { readdirSync, readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { describe, expect, it } from 'vitest'
import type { ComposeView } from '../../src/render/compose.ts'
import type { DevelopmentView } from '../../src/render/development.ts'
import type { DockerfileView, StepView } from '../../src/render/dockerfile.ts'
import type { DockerignoreView } from '../../src/render/dockerignore.ts'
import * as words from '../../src/render/words.ts'
import { rules } from '../../src/rules/index.ts'
import { knownHelpers } from '../../templates/plugin.ts'

/** The names that a view has: one level of names, each leading to the level below, to a list of it, or to a value. */
interface Shape {
  readonly [name: string]: Shape | readonly [Shape | 'value'] | 'value'
}

const ids = Object.fromEntries(Object.keys(rules).map((id) => [id, 'value' as const]))
const cited = { why: ids, cite: ids }
const pair = { key: 'value', value: 'value' } as const
const step = {
  workdir: 'value',
  user: { id: 'value' },
  env: [pair],
  copy: { from: 'value', writable: 'value', readOnly: 'value', paths: ['value'], to: 'value' },
  run: { flagged: 'value', network: 'value', caches: ['value'], secrets: [{ id: 'value', path: 'value' }], commands: ['value'] },
  labels: [pair],
  port: 'value',
  stopSignal: 'value',
  health: { command: ['value'], interval: 'value', timeout: 'value', startPeriod: 'value', retries: 'value' },
  entrypoint: ['value'],
  command: ['value'],
  lines: ['value'],
} as const satisfies { readonly [K in keyof StepView]: unknown }
const shapes: Readonly<Record<string, Shape>> = {
  'Dockerfile.hbs': {
    ...cited,
    stages: [{ stage: 'value', description: 'value', base: 'value', cite: 'value', groups: [{ why: 'value', steps: [step] }] }],
  } as const satisfies { readonly [K in keyof DockerfileView]: unknown },
  'dockerignore.hbs': { ...cited, allow: ['value'], deny: ['value'], embedded: ['value'] } as const satisfies {
    readonly [K in keyof DockerignoreView]: unknown
  },
  'compose.dev.hbs': {
    ...cited,
    services: [
      {
        service: 'value',
        explains: { source: 'value', variables: 'value', program: 'value', watch: 'value' },
        stage: 'value',
        mounts: [{ source: 'value', target: 'value' }],
        environment: ['value'],
        debugger: 'value',
        program: ['value'],
        health: ['value'],
        watch: [{ action: 'value', path: 'value' }],
      },
    ],
  } as const satisfies { readonly [K in keyof DevelopmentView]: unknown },
  'compose.hbs': {
    ...cited,
    project: 'value',
    services: [
      {
        service: 'value',
        about: 'value',
        dockerfile: 'value',
        from: 'value',
        explained: 'value',
        dependsOn: [{ other: 'value', condition: 'value' }],
        environment: ['value'],
        tag: 'value',
        buildSecrets: ['value'],
        examples: ['value'],
        variables: ['value'],
        secrets: ['value'],
        user: 'value',
        tmpfs: ['value'],
        volumes: [{ name: 'value', path: 'value', shared: 'value' }],
        mounts: [{ source: 'value', place: 'value' }],
        memory: 'value',
        cpus: 'value',
        pids: 'value',
        files: 'value',
        logSize: 'value',
        logFiles: 'value',
        ports: ['value'],
        networks: ['value'],
        command: ['value'],
        shared: 'value',
        labelled: 'value',
        profile: 'value',
        program: ['value'],
        migrates: 'value',
        restart: 'value',
        stop: 'value',
        added: ['value'],
        health: { ...step.health, works: 'value', runs: 'value', ends: 'value', page: 'value', explained: 'value' },
      },
    ],
    networks: [{ network: 'value', internal: 'value' }],
    volumes: ['value'],
    secrets: [{ secret: 'value', file: 'value' }],
  } as const satisfies { readonly [K in keyof ComposeView]: unknown },
}

// `{{this}}` alone is allowed in one place: the patterns of ours in .dockerignore.
const rawAllowed = new Set(['dockerignore.hbs deny'])

/** Everything in a template that is not a known helper over a known path. */
function offences(file: string, source: string, shape: Shape): readonly string[] {
  const found: string[] = []
  const report = (what: string, node: hbs.AST.Node): void => void found.push(`${file}:${node.loc.start.line} ${what}`)

  const resolve = (path: hbs.AST.PathExpression, here: Shape | 'value'): Shape[string] | undefined => {
    const [first, ...rest] = path.parts
    if (first === undefined || (path.data && first !== 'root')) return here
    return (path.data ? rest : path.parts).reduce<Shape[string] | undefined>(
      (at, part) => (typeof at === 'object' && !Array.isArray(at) ? (at as Shape)[part] : undefined),
      path.data ? shape : here,
    )
  }
  const visit = (program: hbs.AST.Program | undefined, here: Shape | 'value', inside: string): void => {
    for (const statement of program?.body ?? []) {
      if (statement.type === 'ContentStatement' || statement.type === 'CommentStatement') continue
      if (statement.type === 'MustacheStatement') {
        const mustache = statement as hbs.AST.MustacheStatement
        const helper = (mustache.path as hbs.AST.PathExpression).original
        const raw = mustache.params.length === 0
        if (raw && !(helper === 'this' && rawAllowed.has(`${file} ${inside}`))) report(`raw output of ${helper}`, mustache)
        if (!raw && !knownHelpers.includes(helper)) report(`unknown helper ${helper}`, mustache)
        if (!mustache.escaped) report('triple braces', mustache)
        for (const param of mustache.params) check(param, here)
      } else if (statement.type === 'BlockStatement') {
        const block = statement as hbs.AST.BlockStatement
        const helper = (block.path as hbs.AST.PathExpression).original
        const param = block.params[0] as hbs.AST.PathExpression
        if (!['if', 'unless', 'each'].includes(helper)) report(`unknown block ${helper}`, block)
        check(param, here)
        const target = resolve(param, here)
        const below = helper === 'each' && Array.isArray(target) ? (target[0] as Shape | 'value') : here
        visit(block.program, below, param.original)
        visit(block.inverse, here, inside)
      } else report(`statement ${statement.type}`, statement)
    }
  }
  const check = (param: hbs.AST.Expression, here: Shape | 'value'): void => {
    if (param.type !== 'PathExpression') {
      report(`parameter ${param.type}`, param)
      return
    }
    const path = param as hbs.AST.PathExpression
    if (path.depth > 0) report('a path that leaves its level', path)
    if (resolve(path, here) === undefined) report(`unknown path ${path.original}`, path)
  }
  visit(Handlebars.parse(source), shape, '')
  return found
}

describe('templates', () => {
  it('are all known to this test', () => {
    const files = readdirSync('templates').filter((file) => file.endsWith('.hbs'))
    expect(files.sort()).toEqual(Object.keys(shapes).sort())
  })

  it.each(Object.entries(shapes))('%s reaches for nothing but known helpers and paths', (file, shape) => {
    expect(offences(file, readFileSync(`templates/${file}`, 'utf8'), shape)).toEqual([])
  })

  it('would be caught at each of these', () => {
    const shape: Shape = { items: [{ name: 'value' }] }
    expect(offences('x', '{{items}}', shape)).toEqual(['x:1 raw output of items'])
    expect(offences('x', '{{{yaml items}}}', shape)).toEqual(['x:1 triple braces'])
    expect(offences('x', '\n{{lookup items}}', shape)).toEqual(['x:2 unknown helper lookup'])
    expect(offences('x', '{{#each items}}{{yaml nmae}}{{/each}}', shape)).toEqual(['x:1 unknown path nmae'])
    expect(offences('x', '{{#each items}}{{yaml @root.nmae}}{{/each}}', shape)).toEqual(['x:1 unknown path @root.nmae'])
    expect(offences('x', '{{#if typo}}a{{/if}}', shape)).toEqual(['x:1 unknown path typo'])
    expect(offences('x', '{{> part}}', shape)).toEqual(['x:1 statement PartialStatement'])
  })

  it('may call exactly the helpers of src/render/words.ts', () => {
    expect(
      Object.keys(words)
        .filter((name) => knownHelpers.includes(name))
        .sort(),
    ).toEqual([...knownHelpers].sort())
  })
})
