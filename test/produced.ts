import { existsSync, readFileSync } from 'node:fs'
import { readProject } from '../src/choose/project.ts'
import { loadPresets } from '../src/commands/presets.ts'
import { composeReads, withCompose } from '../src/compose/files.ts'
import { ecosystemsFor, reads } from '../src/ecosystems/index.ts'
import { scan } from '../src/edge/scan.ts'
import type { Found } from '../src/model/ecosystem.ts'
import type { Chosen } from '../src/model/options.ts'
import type { ServiceNeed } from '../src/model/service.ts'
import { candidates, type Produced, produce, recognise } from '../src/pipeline.ts'
import { compileBlock } from '../src/presets/compile.ts'

const places = { dockerfile: 'Dockerfile', compose: 'compose.yaml' }

/** What is different from what the fixture says. */
interface Other {
  readonly services?: readonly ServiceNeed[] | undefined
  readonly chosen?: Chosen
}

/** What is made of a fixture with its own choices and presets; the templates of blocks are checked here and not in a thread of their own. */
export async function fixture(path: string, other: Other = {}): Promise<{ readonly found: Found; produce(): Produced }> {
  const tree = await withCompose(await scan(path, [...reads, composeReads]))
  const [seen] = candidates(recognise(tree, await ecosystemsFor(tree)))
  if (seen === undefined) throw new Error('nothing recognised')
  const found = other.services === undefined ? seen : { ...seen, app: { ...seen.app, services: other.services } }
  const file = `${path}/secure-docker.toml`
  const project = existsSync(file) ? readProject(readFileSync(file, 'utf8')) : { chosen: {}, extends: [], waivers: [] }
  const presets = await loadPresets(path, project.extends, new Map(), 'kept', async (templates) => templates.map(compileBlock))
  return {
    found,
    produce: () =>
      produce(found, { ...project.chosen, ...other.chosen }, {}, places, presets.layersFor(found.app, project.waivers), presets.blocksFor),
  }
}
