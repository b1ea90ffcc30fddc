import { defineConfig } from 'vitest/config'
import { handlebarsTemplates, tomlTexts } from '../../templates/plugin.ts'
import { reporters } from '../reporters.ts'

// One project at a time: they publish the ports that their users would.
export default defineConfig({
  plugins: [handlebarsTemplates(), tomlTexts()],
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/announce.ts'],
    reporters: reporters('e2e'),
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 300_000,
  },
})
