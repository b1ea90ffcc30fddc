import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'

/** Names of the helpers that src/render registers; a template that calls another one fails to compile. */
export const knownHelpers = [
  'comment',
  'copyPaths',
  'exec',
  'ignorePattern',
  'image',
  'name',
  'number',
  'path',
  'quoted',
  'shellCommand',
  'yaml',
]

/** Compiles templates while bundling, so that the compiler is not part of the program. Serves rolldown and vitest alike. */
export function handlebarsTemplates(): { name: string; load(id: string): string | undefined } {
  return {
    name: 'handlebars-templates',
    load(id) {
      if (!id.endsWith('.hbs')) return undefined
      const spec = Handlebars.precompile(readFileSync(id, 'utf8'), {
        noEscape: true,
        strict: true,
        knownHelpersOnly: true,
        knownHelpers: Object.fromEntries(knownHelpers.map((helper) => [helper, true])),
      })
      return `export const template = ${String(spec)}`
    },
  }
}

/** Puts the presets that come with the program into the bundle as they are. */
export function tomlTexts(): { name: string; load(id: string): string | undefined } {
  return {
    name: 'toml-texts',
    load: (id) => (id.endsWith('.toml') ? `export const text = ${JSON.stringify(readFileSync(id, 'utf8'))}` : undefined),
  }
}
