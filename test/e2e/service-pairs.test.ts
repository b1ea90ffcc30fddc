import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, describe, expect, it } from 'vitest'
import type { ServiceFlavour, ServiceKind, ServiceNeed } from '../../src/model/service.ts'
import { written } from '../../src/render/cite.ts'
import { composeView } from '../../src/render/compose.ts'
import { composeText } from '../../src/render/templates.ts'
import { rules } from '../../src/rules/index.ts'
import { stackFor } from '../../src/services/stack.ts'
import { services } from '../../src/services/table.ts'
import { check, engineMissing } from './engine.ts'

const flavours: readonly string[] = ['postgis', 'pgvector', 'timescaledb'] satisfies ServiceFlavour[]
const needs = Object.keys(services).map((name): ServiceNeed => {
  const kind = flavours.includes(name) ? { kind: 'postgres' as const, flavour: name as ServiceFlavour } : { kind: name as ServiceKind }
  return { ...kind, name, optional: false, because: [], connections: [{ variable: `${name.toUpperCase()}_URL`, holds: 'url' }] }
})
const pairs = needs.flatMap((a, i) => needs.slice(i + 1).map((b) => [a, b] as const))
// A few that hold each service once; all with E2E=all.
const chosen =
  process.env['E2E'] === 'all'
    ? pairs
    : needs.flatMap((a, i) => {
        const b = needs[i + 1]
        return i % 2 === 1 || b === undefined ? [] : [[a, b] as const]
      })

/** A compose file of two services alone. */
function composeOf(pair: readonly ServiceNeed[]): string {
  const { services: sides, secrets } = stackFor({ here: pair, elsewhere: [], leftOut: [] }, [], {
    names: ['web', 'frontend'],
    exposed: false,
    ports: [],
  })
  const own = secrets.filter(({ name }) => sides.some((side) => side.secrets.includes(name)))
  return composeText(
    composeView({ project: 'pair', composeFile: 'compose.yaml', images: [], services: sides, secrets: own }, written(rules)),
  )
}

// One run of the checkers for all: each of them takes seconds to start.
describe.skipIf(engineMissing() !== undefined || check === undefined)('services, two by two', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pairs-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it(
    `draw no finding from any checker (${chosen.length} of ${pairs.length} pairs)`,
    async () => {
      for (const pair of chosen) {
        const place = join(folder, pair.map((need) => need.name).join('-'))
        mkdirSync(place)
        writeFileSync(join(place, 'compose.yaml'), composeOf(pair))
      }
      const { exitCode, stdout } = await execa(check ?? '', [folder], { reject: false, stdin: 'ignore' })
      expect(stdout).toBe('')
      expect(exitCode).toBe(0)
      // Some seconds for each pair.
    },
    900_000 + chosen.length * 20_000,
  )
})
