import type { BlockHelper, BlockLines, BlockNode, Blocks, Compiled, CompiledBlock } from '../model/block.ts'
import type { Choices } from '../model/options.ts'
import type { Block, BlockName } from '../model/preset.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { offence } from './permitted.ts'

/** What helpers make of values: those of our own templates. */
type Helpers = Readonly<Record<BlockHelper, (value: never) => string>>

type Values = Readonly<Record<string, string | number | boolean>>

/** Blocks with their checked templates. Throws a Problem with the line of the first thing that is not allowed. */
export function compiledBlocks(blocks: readonly Block[], results: readonly Compiled[]): readonly CompiledBlock[] {
  return blocks.map((block, i) => {
    const result = results[i]
    if (result === undefined) throw new Error('a template without a result')
    if ('template' in result) return { ...block, compiled: result.template }
    throw invalid(block, `line ${result.line} of the block ${block.name}: ${result.why}`)
  })
}

/** The lines of each block for a project's choices. Throws a Problem when they are not what may stand there. */
export function blocksOf(blocks: readonly CompiledBlock[], choices: Choices, helpers: Helpers): Blocks {
  const values = valuesOf(choices)
  return new Map(blocks.map((block): [BlockName, BlockLines] => [block.name, linesOf(block, values, helpers)]))
}

function linesOf(block: CompiledBlock, values: Values, helpers: Helpers): BlockLines {
  const text = block.compiled.map((node) => written(node, values, helpers)).join('')
  const lines = text
    .replace(/^\n+|\s+$/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
  const found = text.trim() === '' ? undefined : offence(block.name, lines)
  if (found !== undefined)
    throw invalid(block, `the block ${block.name} would write ${JSON.stringify(found.line.slice(0, 80))}: ${found.why}`)
  return { preset: block.preset.replace(/#.*$/, ''), lines: text.trim() === '' ? [] : lines }
}

function written(node: BlockNode, values: Values, helpers: Helpers): string {
  if (typeof node === 'string') return node
  if ('helper' in node) {
    const value = values[node.value] ?? ''
    const help = helpers[node.helper] as (value: string | number) => string
    return help(node.helper === 'number' ? (value as number) : node.helper === 'yaml' && typeof value === 'number' ? value : String(value))
  }
  return (isTrue(values[node.if]) ? node.holds : node.fails).map((inner) => written(inner, values, helpers)).join('')
}

function isTrue(value: string | number | boolean | undefined): boolean {
  return value !== undefined && value !== false && value !== 0 && value !== ''
}

function valuesOf(choices: Choices): Values {
  const { ecosystem, name, release, port, health, user, memory, cpus, pids } = choices
  const plain = { ecosystem, name, release, port, health, user, memory, cpus, pids }
  const kinds = { node: 'node', go: 'go', python: 'python' } as const
  return {
    ...Object.fromEntries(Object.entries(plain).map(([key, { value }]) => [key, inert(key, value)])),
    ...Object.fromEntries(Object.entries(kinds).map(([key, kind]) => [key, ecosystem.value === kind])),
    web: port.value > 0,
    worker: port.value === 0,
  }
}

/** A value that means nothing to a shell, to BuildKit or to YAML, in quotes or not. */
function inert(key: string, value: string | number): string | number {
  if (typeof value === 'number' || /^[\w./~%@+-]*$/.test(value)) return value
  throw new Problem({
    code: 'text-not-writable',
    exit: exitCodes.notServed,
    message: `${key} is ${JSON.stringify(value.slice(0, 80))}, which cannot be written into the block of a preset.`,
    fix: `Set ${key} in secure-docker.toml to letters, digits, dots and dashes.`,
  })
}

function invalid({ preset, because: { file, line } }: Block, why: string): Problem {
  return new Problem({
    code: 'preset-template-invalid',
    exit: exitCodes.usage,
    message: `The preset ${preset} cannot be used: ${why}.`,
    file,
    ...(line === undefined ? {} : { line }),
    fix: 'Mend the template in the preset. docs/presets.md says what may stand in each block.',
  })
}
