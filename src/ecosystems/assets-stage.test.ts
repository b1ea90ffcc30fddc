import { describe, expect, it } from 'vitest'
import { app, found, lack, packageJson } from '../../test/detected-assets.ts'
import { lockOf } from '../../test/detected-node.ts'
import type { ImagePlan, Stage, Step } from '../model/plan.ts'
import { withAssetsStage } from './assets-stage.ts'

describe('the stage', () => {
  const base = { repository: 'golang', tag: '1.27-alpine' }
  const source = (paths: readonly string[]) => ({ do: 'copy', paths, to: './', rule: 'source-last' }) as const
  const stages: readonly Stage[] = [
    {
      name: 'build',
      description: '',
      base,
      steps: [source(['go.mod']), source(['web/']), { do: 'workdir', path: '/x', rule: 'static-files' }],
    },
    { name: 'runtime', description: '', base, steps: [source(['etc/'])] },
  ]
  const health = { command: ['probe'], interval: 1, timeout: 1, startPeriod: 1, retries: 1 }
  const image: ImagePlan = {
    ...{ name: 'shop', dockerfile: 'Dockerfile', labels: {}, user: 10001, port: 8080, stopSignal: 'SIGTERM' },
    ...{ stages, health, entrypoint: ['shop'], command: [], loader: { program: ['probe'] }, processes: [] },
    development: { mounts: [], rebuilds: ['main.go'], environment: {} },
  }

  it('comes before the build, on the same kind of system, and its results behind the sources', () => {
    const assets = found({ 'web/package.json': packageJson({ build: 'vite build' }) }, app('go', lack('server/site')))
    const made = withAssetsStage(image, assets)
    expect(made.stages.map((stage) => stage.name)).toEqual(['assets', 'build', 'runtime'])
    expect(made.stages[0]?.base).toEqual({ repository: 'node', tag: '24-alpine' })
    expect(made.stages[1]?.steps.slice(2)).toEqual([
      { do: 'copy', from: 'assets', paths: ['/app/web/dist/'], to: './server/site/', rule: 'built-assets' },
      { do: 'workdir', path: '/x', rule: 'static-files' },
    ])
    expect(made.stages[2]).toEqual(stages[1])
    expect(made.development?.rebuilds).toEqual(['main.go', 'web/'])
  })

  it('gives the image what the program reads while it runs, before the folders that it writes to', () => {
    const assets = found(
      {
        'client/package.json': packageJson({ build: 'vite build' }),
        'client/package-lock.json': lockOf({}),
        'main.go': 'http.Dir("client/dist")',
      },
      app('go'),
    )
    const kept: Step = { do: 'copy', from: 'folders', paths: ['/folders/'], to: '/data/', writable: true, rule: 'writable-folders' }
    const [build, runtime] = stages
    if (build === undefined || runtime === undefined) throw new Error('two stages')
    const both = withAssetsStage({ ...image, stages: [build, { ...runtime, steps: [...runtime.steps, kept] }] }, assets).stages
    const copied = { do: 'copy', from: 'assets', paths: ['/app/client/dist/'], to: './client/dist/', rule: 'built-assets' }
    expect(both.map((stage) => stage.name)).toEqual(['assets', 'build', 'runtime'])
    expect(both.slice(1).map(({ steps }) => steps)).toEqual([build.steps, [...runtime.steps, copied, kept]])
    // A program that is not built has no stage for that.
    const alone = withAssetsStage({ ...image, stages: [runtime] }, assets).stages
    expect(alone.map((stage) => [stage.name, stage.base.tag])).toEqual([
      ['assets', '24-alpine'],
      ['runtime', '1.27-alpine'],
    ])
    expect(alone[1]?.steps).toEqual([...runtime.steps, copied])
  })
})
