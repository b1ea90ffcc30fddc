import { describe, expect, it } from 'vitest'
import { started as detected, problemOf, workspace } from '../../../test/detected-node.ts'

const serve = "require('http').createServer().listen(process.env.PORT || 4000)"
const api = { name: '@shop/api', scripts: { start: 'node server.js' } }
const web = { name: '@shop/web', scripts: { build: 'tsc', 'start:prod': 'node dist/main.js' }, dependencies: { express: '5' } }

const both = { 'apps/api': api, 'apps/web': web }
const code = {
  'apps/api/server.js': serve,
  'apps/web/src/main.ts': serve,
  'apps/web/tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}',
}

describe('the program of a workspace', () => {
  it.each([
    ['npm run start --workspace=@shop/api', 'apps/api/server.js'],
    ['npm start -w apps/api', 'apps/api/server.js'],
    ['npm --prefix apps/api start', 'apps/api/server.js'],
    ['npm run -w api start', 'apps/api/server.js'],
    ['pnpm --filter ./apps/web run start:prod', 'apps/web/dist/main.js'],
    ['pnpm -F @shop/web... start:prod', 'apps/web/dist/main.js'],
    ['pnpm -C apps/web start:prod', 'apps/web/dist/main.js'],
    ['yarn workspace @shop/web start:prod', 'apps/web/dist/main.js'],
    ['yarn workspace @shop/web run start:prod', 'apps/web/dist/main.js'],
    ['yarn --cwd apps/web start:prod', 'apps/web/dist/main.js'],
    ['turbo run start --filter=@shop/api', 'apps/api/server.js'],
    ['NODE_ENV=production dotenv -c -- turbo start --filter=api', 'apps/api/server.js'],
    ['nx run web:start:prod', undefined],
    ['nx start api', 'apps/api/server.js'],
    ['nx run api:start', 'apps/api/server.js'],
    ['lerna run start --scope=@shop/api', 'apps/api/server.js'],
    ['cd apps/api && npm start', 'apps/api/server.js'],
    ['npm run serve:api', 'apps/api/server.js'],
    ['turbo run start --filter=@shop/api --filter=@shop/web', undefined],
    ['turbo run start', undefined],
    ['npm start -w apps/gone', undefined],
    ['npm run start', undefined],
    ['npm run stop -w apps/api', undefined],
  ])('that the root starts with %s', (start, file) => {
    const app = detected(workspace({ scripts: { start, 'serve:api': 'npm start -w apps/api' } }, both, code))
    expect(app.found.start?.value).toBe(file)
    if (file !== undefined)
      expect(app.found.start?.because[0]).toEqual({ file: 'package.json', line: 5, saw: expect.stringContaining('"start"') })
  })

  it('that the Procfile starts', () => {
    const app = detected(workspace({}, both, { ...code, Procfile: 'web: npm start --workspace=apps/web\nweb2: x' }))
    expect(app.found.start).toBeUndefined()
    const told = detected(workspace({}, both, { ...code, Procfile: 'web: npm run start:prod --workspace=apps/web' }))
    expect(told.found.start?.value).toBe('apps/web/dist/main.js')
    expect(told.found.start?.because[0]?.file).toBe('Procfile')
  })

  it('that is the only one that serves', () => {
    const library = { name: '@shop/words', main: 'index.js', scripts: { build: 'tsc' } }
    const app = detected(
      workspace({}, { 'apps/api': { ...api, dependencies: { '@shop/words': '*' } }, 'packages/words': library, 'apps/docs': web }, code),
    )
    expect([app.folder, app.found.start?.value, app.found.name?.value]).toEqual(['apps/api', 'apps/api/server.js', 'api'])
  })

  it('before one that works behind it, which is told of', () => {
    const worker = { name: '@shop/jobs', scripts: { start: 'node server.js' } }
    const app = detected(workspace({}, { 'apps/api': api, 'apps/worker': worker }, { ...code, 'apps/worker/server.js': serve }))
    expect([app.folder, app.found.start?.value]).toEqual(['apps/api', 'apps/api/server.js'])
    expect(app.notices).toMatchObject([{ code: 'node-program-left-out', because: [{ file: 'apps/worker/package.json' }] }])
    const two = detected(workspace({}, { ...both, 'apps/worker': worker }, { ...code, 'apps/worker/server.js': serve }))
    expect(two.questions[0]?.candidates).toHaveLength(3)
  })

  it.each([
    ['a command', { scripts: { start: 'node run.js' } }, { 'apps/web/run.js': 'console.log(1)' }],
    ['a library of another', { name: '@shop/words', scripts: { start: 'node server.js' } }, { 'apps/web/server.js': serve }],
    ['what a usual name alone shows', { scripts: { build: 'tsc' } }, { 'apps/web/server.js': serve }],
    ['what only `main` names', { main: 'server.js' }, { 'apps/web/server.js': serve }],
  ])('is not %s', (_, other, texts) => {
    const needs = { ...api, dependencies: { '@shop/words': '*' } }
    expect(detected(workspace({}, { 'apps/api': needs, 'apps/web': other }, { 'apps/api/server.js': serve, ...texts })).folder).toBe(
      'apps/api',
    )
  })

  it('is one that others are made with where no other serves', () => {
    const client = { name: '@shop/client', devDependencies: { '@shop/api': '*' } }
    expect(detected(workspace({}, { 'apps/api': api, 'apps/client': client }, code)).folder).toBe('apps/api')
  })

  it('is none where a package cannot be read', () => {
    const problem = problemOf(() => detected(workspace({}, { 'apps/api': api, 'apps/web': { dependencies: 5 } }, code)))
    expect(problem).toMatchObject({ code: 'package-json-invalid', file: 'apps/web/package.json', line: 2 })
  })

  it('is asked for where several serve, or may', () => {
    const unclear = { scripts: { start: './bin/start.sh' } }
    const app = detected(workspace({}, { ...both, 'apps/admin': unclear }, { ...code, 'apps/web/notes.js': "require('pg')" }))
    expect(app.questions.map(({ key, candidates }) => [key, candidates.map(({ value }) => value)])).toEqual([
      ['start', ['apps/admin', 'apps/api', 'apps/web']],
    ])
    expect(app.questions[0]?.candidates[0]?.because).toEqual([
      { file: 'apps/admin/package.json', line: 3, saw: '"start": "./bin/start.sh"' },
    ])
    expect([app.found.start, app.found.port, app.services, app.writable]).toEqual([undefined, undefined, [], []])
  })

  it.each([
    ['apps/web', 'apps/web/dist/main.js'],
    ['apps/api', 'apps/api/server.js'],
    ['apps/api/other.js', 'apps/api/server.js'],
  ])('is the one that a person names: %s', (start, file) =>
    expect(detected(workspace({ scripts: { start: 'node root.js' } }, both, { ...code, 'root.js': serve }), start).found.start?.value).toBe(
      file,
    ),
  )

  it('is at the root where that has one of its own', () => {
    const app = detected(workspace({ scripts: { start: 'node root.js' } }, both, { ...code, 'root.js': serve }))
    expect([app.folder, app.found.start?.value]).toEqual([undefined, 'root.js'])
  })

  it('is no file at the root that happens to have a usual name', () => {
    const app = detected(workspace({}, { 'apps/api': api }, { ...code, 'index.js': '' }))
    expect(app.folder).toBe('apps/api')
  })

  it('is at the root where a likelier script starts it there', () => {
    const scripts = { start: 'node root.js', serve: 'npm start -w apps/api' }
    expect(detected(workspace({ scripts }, both, { ...code, 'root.js': serve })).found.start?.value).toBe('root.js')
    const turned = { serve: 'node root.js', start: 'npm start -w apps/api' }
    expect(detected(workspace({ scripts: turned }, both, { ...code, 'root.js': serve })).folder).toBe('apps/api')
  })

  it('is at the root where only its name speaks for it, and several others might be', () => {
    const app = detected(workspace({}, both, { ...code, 'index.js': serve }))
    expect([app.folder, app.found.start?.value]).toEqual([undefined, 'index.js'])
  })

  it('is named by the innermost folder', () => {
    const outer = { name: 'apps', scripts: { start: 'node apps.js' } }
    const texts = { ...code, 'apps/apps.js': serve }
    expect(detected(workspace({}, { apps: outer, ...both }, texts), 'apps/api').folder).toBe('apps/api')
    expect(detected(workspace({}, { apps: outer, ...both }, texts), 'apps/apps.js').folder).toBe('apps')
  })

  it('is started by the very script that the root names', () => {
    const live = { ...api, scripts: { ...api.scripts, 'serve:live': 'node live.js' } }
    const app = detected(
      workspace({ scripts: { start: 'npm run serve:live -w apps/api' } }, { 'apps/api': live }, { ...code, 'apps/api/live.js': serve }),
    )
    expect(app.found.start?.value).toBe('apps/api/live.js')
  })

  it('is a site where nothing else answers requests', () => {
    const site = { name: 'site', scripts: { build: 'vite build' }, devDependencies: { vite: '7' } }
    const texts = { 'apps/site/index.html': '<html>', 'apps/site/vite.config.js': 'export default {}' }
    const app = detected(workspace({}, { 'apps/site': site, 'packages/ui': { name: 'ui' } }, texts))
    expect([app.site?.folder, app.found.start?.value, app.build.commands]).toEqual([
      'apps/site/dist',
      'apps/site/dist',
      [['npm', 'run', 'build', '--workspace=apps/site']],
    ])
    expect(detected(workspace({}, { 'apps/site': site, 'packages/cli': { bin: './cli.js' } }, texts)).site).toBeUndefined()
    expect(detected(workspace({}, { 'apps/site': site, 'packages/api': { dependencies: { fastify: '5' } } }, texts)).site).toBeUndefined()
    expect(detected(workspace({}, { 'apps/site': site }, { ...texts, 'apps/site/src-tauri/Cargo.toml': '' })).site).toBeUndefined()
  })
})

it('a package of a workspace whose root is elsewhere is told where to run', () => {
  const manifest = { name: 'api', dependencies: { '@shop/store': 'workspace:*' }, scripts: { start: 'node server.js' } }
  const problem = problemOf(() => detected({ 'package.json': JSON.stringify(manifest), 'server.js': serve }))
  expect(problem).toMatchObject({ code: 'dependency-outside', file: 'package.json', fix: expect.stringContaining('init --start') })
  const here = { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n', 'packages/store/package.json': '{ "name": "@shop/store" }' }
  expect(detected({ 'package.json': JSON.stringify(manifest), 'server.js': serve, ...here }).found.start?.value).toBe('server.js')
})
