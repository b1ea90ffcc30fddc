import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fixture } from './produced.ts'

// Golden output as real files. `npm run snapshots -- --update` writes them anew.
const fixtures = ['test/projects', 'examples'].flatMap((folder) => readdirSync(folder).map((name) => ({ name, path: `${folder}/${name}` })))

/** A .dockerignore in this repository's folders would be taken for its own. */
const stored = (path: string): string => path.replace(/^\./, 'dot')

describe.each(fixtures)('$name', ({ name, path }) => {
  it('is detected, planned and rendered as its snapshot says', async () => {
    const { found, produce } = await fixture(path)
    const { plan, artifacts } = produce()
    const folder = `../snapshots/${name}`
    await expect(json(found.app)).toMatchFileSnapshot(`${folder}/facts.json`)
    await expect(json(plan)).toMatchFileSnapshot(`${folder}/plan.json`)
    for (const artifact of artifacts) await expect(artifact.content).toMatchFileSnapshot(`${folder}/${stored(artifact.path)}`)
    expect(produce().artifacts).toEqual(artifacts)
  })

  it('has the compose file for development that its snapshot says', async () => {
    const { produce } = await fixture(path, { chosen: { dev: { value: true, from: 'project', because: [] } } })
    const { artifacts } = produce()
    await expect(artifacts.find((artifact) => artifact.path === 'compose.dev.yaml')?.content).toMatchFileSnapshot(
      `../snapshots/${name}/compose.dev.yaml`,
    )
    expect(artifacts.filter((artifact) => artifact.path !== 'compose.dev.yaml')).toEqual((await fixture(path)).produce().artifacts)
  })
})

it('has no snapshot without a fixture', () => {
  expect(
    (existsSync('snapshots') ? readdirSync('snapshots') : []).filter(
      (name) => name !== 'screens' && !fixtures.some((fixture) => fixture.name === name),
    ),
  ).toEqual([])
})

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
