import { parse } from 'handlebars/dist/cjs/handlebars/compiler/base.js'
import { type BlockHelper, type BlockNode, type BlockTemplate, blockHelpers, blockValues, type Compiled } from '../model/block.ts'

const mostDeep = 10

/** Why a template is not allowed. */
class Offence extends Error {
  readonly line: number

  constructor(node: hbs.AST.Node, why: string) {
    super(why)
    this.line = node.loc.start.line
  }
}

/** Parses a template and keeps only what is allowed: texts, `{{helper value}}`, `{{#if value}}` and `{{#unless value}}`. */
export function compileBlock(source: string): Compiled {
  try {
    return { template: program(parse(source), 0) }
  } catch (error) {
    if (error instanceof Offence) return { line: error.line, why: error.message }
    const message = error instanceof Error ? error.message : ''
    return { line: Number(/line (\d+)/.exec(message)?.[1] ?? 1), why: 'it cannot be parsed' }
  }
}

function program(node: hbs.AST.Program | undefined, depth: number): BlockTemplate {
  return (node?.body ?? []).flatMap((statement) => {
    const made = compiled(statement, depth)
    return made === '' ? [] : [made]
  })
}

function compiled(node: hbs.AST.Statement, depth: number): BlockNode {
  switch (node.type) {
    case 'ContentStatement':
      return (node as hbs.AST.ContentStatement).value
    case 'CommentStatement':
      return ''
    case 'MustacheStatement':
      return value(node as hbs.AST.MustacheStatement)
    case 'BlockStatement':
      return branches(node as hbs.AST.BlockStatement, depth)
    default:
      throw new Offence(node, `a ${node.type.replace(/Statement|Block/g, '').toLowerCase() || 'thing'} is not allowed`)
  }
}

function value(node: hbs.AST.MustacheStatement): BlockNode {
  if (!node.escaped) throw new Offence(node, 'raw output is not allowed')
  const helper = nameOf(node.path)
  if (node.params.length === 0) throw new Offence(node, `${helper} goes through no helper, such as {{quoted ${helper}}}`)
  if (!isOneOf(blockHelpers, helper)) throw new Offence(node, `the helper ${helper} is not one of ${blockHelpers.join(', ')}`)
  return { helper: helper as BlockHelper, value: onlyValue(node) }
}

function branches(node: hbs.AST.BlockStatement, depth: number): BlockNode {
  const helper = nameOf(node.path)
  if (helper !== 'if' && helper !== 'unless') throw new Offence(node, `the block ${helper} is neither if nor unless`)
  if (depth >= mostDeep) throw new Offence(node, `blocks stand more than ${mostDeep} deep in each other`)
  if (node.program?.blockParams !== undefined) throw new Offence(node, 'block parameters are not allowed')
  const [holds, fails] = [program(node.program, depth + 1), program(node.inverse, depth + 1)]
  return { if: onlyValue(node), holds: helper === 'if' ? holds : fails, fails: helper === 'if' ? fails : holds }
}

function onlyValue(node: hbs.AST.MustacheStatement | hbs.AST.BlockStatement): string {
  const [param, second] = node.params
  if (param === undefined || second !== undefined || node.hash !== undefined) throw new Offence(node, 'a helper takes one value')
  const name = nameOf(param)
  if (!isOneOf(blockValues, name)) throw new Offence(node, `${name} is not one of ${blockValues.join(', ')}`)
  return name
}

/** A plain name; anything that reaches further is an offence. */
function nameOf(node: hbs.AST.Node): string {
  const path = node as hbs.AST.PathExpression
  const plain = node.type === 'PathExpression' && !path.data && path.depth === 0 && path.parts.length === 1
  if (!plain || path.original !== path.parts[0]) throw new Offence(node, 'only plain names are allowed')
  return path.original
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name)
}
