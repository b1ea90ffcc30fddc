/** What a value may be: the part of JSON Schema (draft 2020-12) that we need, so that editors and we read the same table. */
export type Schema =
  | { readonly type: 'boolean' }
  | { readonly type: 'integer' | 'number'; readonly minimum?: number; readonly exclusiveMinimum?: number; readonly maximum?: number }
  | { readonly type: 'string'; readonly pattern?: string; readonly maxLength?: number; readonly enum?: readonly string[] }
  | { readonly type: 'array'; readonly items: Schema; readonly maxItems: number }
  | { readonly anyOf: readonly Schema[] }
  | {
      readonly type: 'object'
      readonly propertyNames: Schema
      readonly additionalProperties: Schema
      readonly maxProperties: number
    }

/** Whether a value is what the schema says. */
export function accepts(schema: Schema, value: unknown): boolean {
  if ('anyOf' in schema) return schema.anyOf.some((one) => accepts(one, value))
  switch (schema.type) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
    case 'number':
      return (
        typeof value === 'number' &&
        (schema.type === 'number' ? Number.isFinite(value) : Number.isSafeInteger(value)) &&
        inRange(schema, value)
      )
    case 'string':
      return typeof value === 'string' && allowed(schema, value)
    case 'array':
      return Array.isArray(value) && value.length <= schema.maxItems && value.every((item) => accepts(schema.items, item))
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && members(schema, value)
  }
}

function inRange(schema: Extract<Schema, { readonly type: 'integer' | 'number' }>, value: number): boolean {
  const { minimum = Number.NEGATIVE_INFINITY, exclusiveMinimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema
  return value >= minimum && value > exclusiveMinimum && value <= maximum
}

function allowed(schema: Extract<Schema, { readonly type: 'string' }>, value: string): boolean {
  if (value.length > (schema.maxLength ?? 1000) || /[\p{Cc}\p{Cs}]/u.test(value.replace(/[\t\n]/g, ''))) return false
  return (schema.enum?.includes(value) ?? true) && (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value))
}

function members(schema: Extract<Schema, { readonly type: 'object' }>, value: object): boolean {
  const entries = Object.entries(value)
  return (
    entries.length <= schema.maxProperties &&
    entries.every(([key, item]) => accepts(schema.propertyNames, key) && accepts(schema.additionalProperties, item))
  )
}
