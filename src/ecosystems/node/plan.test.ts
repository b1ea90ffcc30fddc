import { describe, expect, it } from 'vitest'
import { detect, express } from '../../../test/detected-node.ts'
import type { Assets } from '../../model/assets.ts'
import type { Choices, OptionValues } from '../../model/options.ts'
import { reachable } from './beforehand.ts'
import { planNode } from './plan.ts'

const chosen: Partial<OptionValues> = {
  release: '24',
  start: 'server.js',
  port: 3000,
  name: 'shop',
  user: 10_001,
  health: '/',
  base: 'distroless',
}
const entries = Object.entries(chosen).map(([key, value]) => [key, { value, from: 'default', because: [] }])
const choices: Choices = Object.fromEntries(entries)
const app = (code: string, texts: Readonly<Record<string, string>> = {}) =>
  detect({ ...express, main: 'server.js' }, { 'server.js': code, ...texts })

describe('the image of a Node.js app', () => {
  it.each([
    ["app.listen(3000, 'localhost')", ['/nodejs/bin/node', reachable(3000)]],
    ['app.listen(3000)', ['/nodejs/bin/node']],
  ])('whose code says %s', (code, entrypoint) => expect(planNode(app(code), choices).entrypoint).toEqual(entrypoint))

  it('is watched without what starts it otherwise', () => {
    const kept = { path: '/data', keep: true, held: false, because: [] }
    const hooked = { ...app('app.listen(3000)'), flags: ['-r', 'tsx/cjs'], writable: [kept] }
    const { entrypoint, development } = planNode(hooked, choices)
    expect(entrypoint.slice(0, 2)).toEqual(['/nodejs/bin/node', '-e'])
    expect(development?.argv?.slice(0, 2)).toEqual(['/nodejs/bin/node', '--watch'])
  })

  it('needs no flag where nothing is served', () => {
    const nothing: Choices = { ...choices, port: { value: 0, from: 'answer', because: [] } }
    expect(planNode(app("app.listen(3000, 'localhost')"), nothing).entrypoint).toEqual(['/nodejs/bin/node'])
  })

  it.each([
    [{ 'fluent-ffmpeg': '2' }, ['ffmpeg']],
    [{ 'fluent-ffmpeg': '2', 'ffmpeg-static': '5' }, undefined],
    [{ gm: '1', 'simple-git': '3' }, ['graphicsmagick', 'git']],
  ])('knows what packages call: %j', (more, names) => {
    const { tools } = detect({ main: 'server.js', dependencies: { ...express.dependencies, ...more } }, { 'server.js': 'app.listen(3000)' })
    expect(tools?.map(({ name }) => name)).toEqual(names)
  })

  it('stands on Debian where it calls programs of the system, unless a person chose otherwise', () => {
    const because = { file: 'Dockerfile', line: 2, saw: 'apk add ffmpeg' }
    const { base: _, ...open } = choices
    const calling = { ...app('app.listen(3000)'), tools: [{ name: 'ffmpeg', pinned: 'ffmpeg=7:*', because }] }
    const last = (chosen: Choices) => planNode(calling, chosen).stages.at(-1)
    const installs = (chosen: Choices) => JSON.stringify(last(chosen)?.steps).includes('"ffmpeg=7:*"')
    expect([last(open)?.base, installs(open)]).toEqual([{ repository: 'node', tag: '24-trixie-slim' }, true])
    const chosenBase = (from: 'answer' | 'preset'): Choices => ({ ...open, base: { value: 'distroless', from, because: [] } })
    expect([last(chosenBase('answer'))?.base.repository, installs(chosenBase('answer'))]).toEqual([
      'gcr.io/distroless/nodejs24-debian13',
      false,
    ])
    expect([last(chosenBase('preset'))?.base.tag, installs(chosenBase('preset'))]).toEqual(['24-trixie-slim', true])
  })

  it('leaves the sources of a front end out that is made in a stage of its own', () => {
    const detected = app('app.listen(3000)', { 'client/a.js': '' })
    const copied = (assets?: Pick<Assets, 'folder' | 'apart'>): readonly string[] =>
      planNode({ ...detected, ...(assets && { assets: { ...made, ...assets } }) }, choices)
        .stages.at(-1)
        ?.steps.flatMap((step) => (step.do === 'copy' ? step.paths : [])) ?? []
    const made: Assets = {
      because: [],
      folder: 'client',
      release: '24',
      package: detected,
      beside: [],
      made: [],
      apart: true,
      among: false,
    }
    expect(copied()).toContain('client/')
    expect(copied({ folder: 'client', apart: false })).toContain('client/')
    expect(copied({ folder: 'client', apart: true })).not.toContain('client/')
  })
})
