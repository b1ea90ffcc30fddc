import { existsSync, readFileSync } from 'node:fs'
import { readProject } from '../src/choose/project.ts'
import { loadPresets } from '../src/commands/presets.ts'
import { composeReads, withCompose } from '../src/compose/files.ts'
import { ecosystemsFor, reads } from '../src/ecosystems/index.ts'
import { scan } from '../src/edge/scan.ts'
import type { Found } from '../src/model/ecosystem.ts'
import type { Chosen } from '../src/model/options.ts'
import type { ServiceNeed } from '../src/model/service.ts'
import type { Tree } from '../src/model/tree.ts'
import { candidates, type Produced, produce, recognise } from '../src/pipeline.ts'
import { compileBlock } from '../src/presets/compile.ts'

const places = { dockerfile: 'Dockerfile', compose: 'compose.yaml' }

/** What is different from what the fixture says. */
interface Other {
  readonly services?: readonly ServiceNeed[] | undefined
  readonly chosen?: Chosen
}

/** What the first command of the README leaves in an example, where git ignores it. */
const left: ReadonlySet<string> = new Set([
  'Dockerfile',
  '.dockerignore',
  'compose.yaml',
  'secure-docker.toml',
  'secure-docker.lock',
  '.secure-docker',
])

/** Whether a file of an example is part of the repository. */
export function isCommitted(path: string): boolean {
  return !left.has(path.split('/', 1)[0] ?? '')
}

function asCommitted(path: string, tree: Tree): Tree {
  if (!path.startsWith('examples/')) return tree
  const texts = new Map([...tree.texts].filter(([file]) => isCommitted(file)))
  return { ...tree, texts, files: new Set([...tree.files].filter(isCommitted)) }
}

/** What is made of a fixture with its own choices and presets; the templates of blocks are checked here and not in a thread of their own. */
export async function fixture(path: string, other: Other = {}): Promise<{ readonly found: Found; produce(): Produced }> {
  const tree = await withCompose(asCommitted(path, await scan(path, [...reads, composeReads])))
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
