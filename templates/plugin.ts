import { readdirSync, readFileSync } from 'node:fs'
import Handlebars from 'handlebars'

/** Names of the helpers that src/render registers; a template that calls another one fails to compile. */
export const knownHelpers = [
  'comment',
  'copyPaths',
  'exec',
  'ignorePattern',
  'image',
  'line',
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

/** Puts what is detected in our own fixtures into the bundle, for those who try presets on them. */
export function fixtureFacts(): { name: string; load(id: string): string | undefined } {
  return {
    name: 'fixture-facts',
    load(id) {
      if (!id.endsWith('.facts')) return undefined
      const names = readdirSync('snapshots')
        .filter((name) => name !== 'screens')
        .sort()
      const facts = names.map((name) => [name, JSON.parse(readFileSync(`snapshots/${name}/facts.json`, 'utf8'))] as const)
      // Texts that were seen, and what people are told, are for the commands that show them: nothing is rendered from them.
      const unused: Readonly<Record<string, unknown>> = { saw: '', notices: [] }
      const text = JSON.stringify(Object.fromEntries(facts), (key, value: unknown) => unused[key] ?? value)
      return `export const apps = JSON.parse(${JSON.stringify(text)})`
    },
  }
}
