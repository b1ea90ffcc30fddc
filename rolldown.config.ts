import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'rolldown'
import { bundledLicenses } from './templates/licenses.ts'
import { fixtureFacts, handlebarsTemplates, tomlTexts } from './templates/plugin.ts'

// Few files start faster than many: what every command needs stands in one, what every run of the pipeline needs in another.
const base =
  /\/src\/(?:model\/|report\/human|choose\/options|version|commands\/cli(?:\.ts|\/(?!typo|yargs))|edge\/(?:exit|folder|terminal|words))|\/package\.json$|node_modules\/fast-string|rolldown\/runtime|\0builtin:/
const core =
  /\/src\/(?:pipeline|adjust|choose\/(?:choose|floors)|compose\/files|catalogue|ecosystems\/(?!assets)[\w-]+\.ts|ecosystems\/\w+\/reads|render\/(?!trace)|rules\/(?!practices)|services|reconcile\/(?!read-lock|explain|lines)|report\/(?:json|findings)|edge\/(?!ask|colour|git|ports|presets|prove|start|version-notice)|commands\/(?:init|defaults|known|proposal|session))|\/templates\/[\w.-]+\.hbs|node_modules\/(?:handlebars\/(?!dist\/cjs\/handlebars\/compiler)|ignore|node-diff3)\//

// The command line, and what asks.
const line = /\/src\/commands\/cli\/yargs|node_modules\/(?:yargs|cliui|y18n|escalade)/
const ask = /\/src\/edge\/ask\/(?!ask|stopped|plain)|node_modules\/(?:@inquirer|mute-stream|fast-wrap-ansi|cli-width)\//

// What is edited is written as UTF-8 and comes back so: inquirer's editor would bring the character sets of the world.
const charsets = '\0charsets'
const utf8Only: Plugin = {
  name: 'utf8-only',
  resolveId: (id) => (id === 'chardet' || id === 'iconv-lite' ? charsets : null),
  load: (id) =>
    id === charsets
      ? `export const detect = () => 'utf8'; export default { encodingExists: () => true, decode: (bytes) => bytes.toString('utf8') }`
      : null,
}

// What execa would print of each process, were it asked to: nobody asks.
const unheard = '\0unheard'
const silent: Plugin = {
  name: 'silent',
  resolveId: (id, importer) =>
    ['figures', 'pretty-ms'].includes(id) && importer?.includes('/execa/lib/verbose/') === true ? unheard : null,
  load: (id) => (id === unheard ? 'export default {}' : null),
}

// Importing a builtin as an ES module reads every export of it, and with them what loads half of Node.js: readline, dns, workers, assert.
const builtin = '\0builtin:'
const leanBuiltins: Plugin = {
  name: 'lean-builtins',
  resolveId: (id, importer) => (isBuiltin(id) && importer?.includes('rolldown/runtime') === false ? `${builtin}${id}` : null),
  load: (id) => (id.startsWith(builtin) ? `module.exports = process.getBuiltinModule('${id.slice(builtin.length)}')` : null),
}

export default defineConfig({
  input: { main: 'src/main.ts', 'block-worker': 'src/block-worker.ts' },
  platform: 'node',
  // The paths of tsconfig.json lead to declarations only.
  tsconfig: false,
  // @iarna/toml evaluates a text of its own, and only to name the type of a value in an error.
  checks: { eval: false },
  resolve: {
    alias: {
      // Its CommonJS build loads its parts in a way that no bundler can follow.
      'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
      // The build for browsers is the same in ES modules: what nobody calls is left out.
      yaml: fileURLToPath(new URL('node_modules/yaml/browser/dist/index.js', import.meta.url)),
      // yargs measures the columns of its help with it; the other one takes ten milliseconds to load.
      'string-width': 'fast-string-width',
    },
  },
  output: {
    dir: 'dist',
    format: 'esm',
    minify: true,
    cleanDir: true,
    chunkFileNames: '[name].js',
    banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
    codeSplitting: {
      groups: [
        { name: 'ask', test: ask, priority: 1 },
        { name: 'line', test: line, priority: 3 },
        { name: 'base', test: base, priority: 4 },
        { name: 'core', test: core, priority: 2 },
      ],
    },
  },
  plugins: [leanBuiltins, utf8Only, silent, handlebarsTemplates(), tomlTexts(), fixtureFacts(), bundledLicenses()],
})
