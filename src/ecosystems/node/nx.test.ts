import { describe, expect, it } from 'vitest'
import { detect, express } from '../../../test/detected-node.ts'

const project = (executor: string, options: object, more: object = {}): string =>
  JSON.stringify({ projectType: 'application', targets: { build: { executor, options, ...more } } }, null, 2)
const esbuild = '@nx/esbuild:esbuild'
const scripts = { start: 'nx serve', build: 'nx build' }
const started = (json: string) => detect({ ...express, scripts }, { 'project.json': json, 'src/main.ts': "import './app/routes'" })

describe('what Nx builds of a project at the root', () => {
  it.each([
    [esbuild, { outputPath: 'dist/api', main: 'src/main.ts', format: ['cjs'] }, 'dist/api/main.cjs'],
    [esbuild, { outputPath: 'dist/api', main: 'src/main.ts' }, 'dist/api/main.js'],
    [
      esbuild,
      { outputPath: 'dist/api', main: 'a/serve.ts', format: 'cjs', esbuildOptions: { outExtension: { '.js': '.js' } } },
      'dist/api/serve.js',
    ],
    [esbuild, { outputPath: 'dist/api', esbuildOptions: { outExtension: { '.js': '.mjs' } } }, 'dist/api/main.mjs'],
    ['@nx/webpack:webpack', { outputPath: '{workspaceRoot}/dist', target: 'node', outputFileName: 'server.js' }, 'dist/server.js'],
    ['@nrwl/node:webpack', { outputPath: 'dist/apps/a' }, 'dist/apps/a/main.js'],
    ['@nx/js:tsc', { outputPath: 'dist/a', main: '{projectRoot}/src/main.ts' }, 'dist/a/src/main.js'],
  ])('%s with %j', (executor, options, file) => {
    const app = started(project(executor, options))
    expect(app.found.start).toMatchObject({ value: file, because: [{ file: 'project.json', line: 7 }] })
    expect(app.outputs).toEqual(['dist'])
    expect(app.build).toMatchObject({
      commands: [['npm', 'run', 'build']],
      environment: { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' },
    })
  })

  it('is as the configuration says that a build takes by default', () => {
    const more = {
      defaultConfiguration: 'production',
      configurations: { production: { outputPath: 'out' }, development: { outputPath: 'tmp' } },
    }
    expect(started(project(esbuild, { outputPath: 'dist' }, more)).found.start?.value).toBe('out/main.js')
  })

  it('is built by nx itself where no script builds it', () => {
    const json = project(esbuild, { outputPath: 'dist/api' })
    expect(detect(express, { 'project.json': json }).build.commands).toEqual([['npx', '--no', '--', 'nx', 'build']])
  })

  it.each([
    ['{', 'src/main.ts'],
    [project(esbuild, { main: 'src/main.ts' }), 'src/main.ts'],
    [project(esbuild, { outputPath: 'dist', platform: 'browser' }), 'src/main.ts'],
    [project('@nx/webpack:webpack', { outputPath: 'dist' }), 'src/main.ts'],
    [project('@nx/vite:build', { outputPath: 'dist' }), 'src/main.ts'],
    [project('@nx/js:swc', { outputPath: 'dist' }), 'src/main.ts'],
    [project(esbuild, { outputPath: 'dist' }).replace('application', 'library'), 'src/main.ts'],
  ])('is no server: %s', (json, file) => expect(started(json).found.start?.value).toBe(file))
})
