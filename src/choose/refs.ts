import type { PresetRef } from '../model/preset.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { accepts, type Schema } from './schema.ts'
import type { Toml } from './toml.ts'

/** What stands under `extends`, in a project and in a preset. */
export const refsSchema: Schema = { type: 'array', items: { type: 'string', pattern: '^[^\\s\\\\]+$', maxLength: 500 }, maxItems: 50 }

/** The presets that a document names, each with its line. Throws a Problem (exit 2) when they are no list of names. */
export function refsOf({ file, data, lineOf }: Toml): readonly PresetRef[] {
  const given = Object.hasOwn(data, 'extends') ? data['extends'] : []
  if (!accepts(refsSchema, given)) {
    throw new Problem({
      code: 'extends-invalid',
      exit: exitCodes.usage,
      message: `${file} is not valid: extends is not a list of presets.`,
      file,
      line: lineOf('extends'),
      fix: 'Write it like this: extends = ["strict", "./presets/ours"]',
    })
  }
  return (given as readonly string[]).map((ref, i) => ({ ref, because: { file, line: lineOf('extends', i), saw: `extends ${ref}` } }))
}
