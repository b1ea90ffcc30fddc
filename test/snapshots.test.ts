import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readProject } from '../src/choose/project.ts'
import { composeReads, withCompose } from '../src/compose/files.ts'
import { ecosystemsFor, reads } from '../src/ecosystems/index.ts'
import { scan } from '../src/edge/scan.ts'
import { candidates, produce, recognise } from '../src/pipeline.ts'

// Golden output as real files. `npm run snapshots -- --update` writes them anew.
const fixtures = ['test/projects', 'examples'].flatMap((folder) => readdirSync(folder).map((name) => ({ name, path: `${folder}/${name}` })))
const places = { dockerfile: 'Dockerfile', compose: 'compose.yaml' }

/** A .dockerignore in this repository's folders would be taken for its own. */
const stored = (path: string): string => path.replace(/^\./, 'dot')

describe.each(fixtures)('$name', ({ name, path }) => {
  it('is detected, planned and rendered as its snapshot says', async () => {
    const tree = await withCompose(await scan(path, [...reads, composeReads]))
    const [found] = candidates(recognise(tree, await ecosystemsFor(tree)))
    if (found === undefined) throw new Error('nothing recognised')
    const file = `${path}/secure-docker.toml`
    const project = existsSync(file) ? readProject(readFileSync(file, 'utf8')).chosen : {}
    const { plan, artifacts } = produce(found, project, {}, places)
    const folder = `../snapshots/${name}`
    await expect(json(found.app)).toMatchFileSnapshot(`${folder}/facts.json`)
    await expect(json(plan)).toMatchFileSnapshot(`${folder}/plan.json`)
    for (const artifact of artifacts) await expect(artifact.content).toMatchFileSnapshot(`${folder}/${stored(artifact.path)}`)
    expect(produce(found, project, {}, places).artifacts).toEqual(artifacts)
  })
})

it('has no snapshot without a fixture', () => {
  expect(
    (existsSync('snapshots') ? readdirSync('snapshots') : []).filter((name) => !fixtures.some((fixture) => fixture.name === name)),
  ).toEqual([])
})

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
