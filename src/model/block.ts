import type { Block, BlockName } from './preset.ts'

/** Helpers that the template of a block may call; each is the one of the same name that our own templates use. */
export const blockHelpers = ['ignorePattern', 'name', 'number', 'path', 'quoted', 'yaml'] as const

export type BlockHelper = (typeof blockHelpers)[number]

/** Values that the template of a block may name. None of them is free text: what they hold is plain wherever it stands. */
export const blockValues = [
  ...['ecosystem', 'name', 'release', 'port', 'health', 'user', 'memory', 'cpus', 'pids'],
  ...['node', 'go', 'python', 'web', 'worker'],
] as const

/** A checked template as plain data: texts, values through a helper, and one of two branches. It has no loop, so it cannot grow. */
export type BlockTemplate = readonly BlockNode[]

export type BlockNode =
  | string
  | { readonly helper: BlockHelper; readonly value: string }
  | { readonly if: string; readonly holds: BlockTemplate; readonly fails: BlockTemplate }

/** What became of a template: what it says, or the first thing in it that is not allowed. */
export type Compiled = { readonly template: BlockTemplate } | { readonly line: number; readonly why: string }

/** A block whose template has been checked. */
export interface CompiledBlock extends Block {
  readonly compiled: BlockTemplate
}

/** Lines that may stand where the block of this name stands, with the preset that they come from. */
export interface BlockLines {
  readonly preset: string
  readonly lines: readonly string[]
}

export type Blocks = ReadonlyMap<BlockName, BlockLines>
