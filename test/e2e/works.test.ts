import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { engineMissing, works } from './engine.ts'
import { chosenFixtures, program } from './project.ts'

// An independent prover, which shares no line with ours.
describe.skipIf(engineMissing() !== undefined || works === undefined)('works, and leaves nothing soft', () => {
  it.each(chosenFixtures())('%s', async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'works-'))
    const out = join(folder, 'results.jsonl')
    try {
      await execa(works ?? '', ['--tool', `${process.execPath} ${program} init --yes`, '--out', out, resolve('test/projects', name)])
      expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ verdict: 'works', soft: [] })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
