import { defineConfig } from 'vitest/config'
import { fixtureFacts, handlebarsTemplates, tomlTexts } from './templates/plugin.ts'
import { reporters } from './test/reporters.ts'

export default defineConfig({
  plugins: [handlebarsTemplates(), tomlTexts(), fixtureFacts()],
  test: {
    reporters: reporters('unit'),
    // No test asks a registry unless it is about that.
    env: { SECURE_DOCKER_NO_VERSION_NOTICE: '1' },
    // Property tests and the ones that start processes take long on a busy machine.
    testTimeout: 120_000,
    // Most of the time goes to programs that are started: as many at once as there are processors.
    maxWorkers: '100%',
    include: [
      'src/**/*.test.ts',
      'test/docs/**/*.test.ts',
      'test/laws/**/*.test.ts',
      'test/snapshots.test.ts',
      'test/cli/**/*.test.ts',
      'templates/**/*.test.ts',
    ],
  },
})
