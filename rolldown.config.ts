import { defineConfig } from 'rolldown'
import { bundledLicenses } from './templates/licenses.ts'
import { handlebarsTemplates } from './templates/plugin.ts'

// Few files start faster than many: what every command needs stands in one, what every run of the pipeline needs in another.
const base = /\/src\/(?:model\/|report\/human|choose\/options|version|edge\/(?:exit|terminal))|\/package\.json$|rolldown\/runtime/
const core =
  /\/src\/(?:pipeline|choose\/choose|compose\/files|catalogue|ecosystems\/(?!shell|told-commands)[\w-]+\.ts|ecosystems\/\w+\/reads|render\/(?!trace)|rules\/(?!practices)|services|reconcile\/(?!read-lock|explain|lines)|report\/json|edge\/(?!ask|colour|git|prove)|commands\/session)|\/templates\/|node_modules\/(?:handlebars|ignore|node-diff3)\//

export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  // The paths of tsconfig.json lead to declarations only.
  tsconfig: false,
  resolve: {
    alias: {
      // Its CommonJS build loads its parts in a way that no bundler can follow.
      'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
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
        { name: 'base', test: base, priority: 2 },
        { name: 'core', test: core, priority: 1 },
      ],
    },
  },
  plugins: [handlebarsTemplates(), bundledLicenses()],
})
