import { parseSync } from 'rolldown/utils'

/** One module that a file of ours imports. */
export interface Import {
  /** As written. */
  readonly from: string
  readonly line: number
}

const kinds = new Set([
  'ImportDeclaration',
  'ExportAllDeclaration',
  'ExportNamedDeclaration',
  'ImportExpression',
  'TSImportType',
  'TSExternalModuleReference',
])

/** Every module that a TypeScript text names, types and dynamic imports included; a computed name is `''`. Throws when the text cannot be parsed. */
export function importsOf(file: string, source: string): readonly Import[] {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message ?? ''}`)
  const found: Import[] = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { type, start, source: module, expression } = node as { readonly [key: string]: unknown }
    const named = type === 'TSExternalModuleReference' ? expression : module
    if (typeof type === 'string' && kinds.has(type) && named !== null && named !== undefined) {
      const { value } = named as { readonly value?: unknown }
      found.push({ from: typeof value === 'string' ? value : '', line: source.slice(0, Number(start)).split('\n').length })
    }
    for (const child of Object.values(node)) visit(child)
  }
  visit(program)
  return found
}
