import { describe, expect, it } from 'vitest'
import { app, found, lack, packageJson } from '../../test/detected-assets.ts'
import { detect as detectNode, express, lockOf } from '../../test/detected-node.ts'
import type { App } from '../model/app.ts'
import { assetsFor } from './assets.ts'
import { withAssets } from './lacking.ts'
import { treeOf } from './python/tree.fixture.ts'

describe('which package makes what is lacking', () => {
  const build = { build: 'vite build' }
  it.each([
    ['in its own folder', { 'ui/package.json': packageJson(build) }, 'ui/build', 'ui', 'ui/build', 'npm run build'],
    [
      'by the settings of its tool',
      { 'web/package.json': packageJson(build), 'web/vite.config.ts': "export default { build: { outDir: '../server/site' } }" },
      'server/site',
      'web',
      'server/site',
      'npm run build',
    ],
    [
      'by joined parts',
      { 'web/package.json': packageJson(build), 'web/webpack.config.js': "output: { path: path.resolve(__dirname, '..', 'static') }" },
      'static',
      'web',
      'static',
      'npm run build',
    ],
    [
      'by what its settings name in capitals',
      {
        'web/package.json': packageJson({ 'build-prod': 'webpack' }),
        'web/webpack.common.js': "const PUBLIC_PATH = path.resolve(__dirname, '../server/site')\noutput: { path: PUBLIC_PATH }",
      },
      'server/site',
      'web',
      'server/site',
      'npm run build-prod',
    ],
    [
      'by what is added to its folder',
      {
        'web/package.json': packageJson(build),
        'web/webpack.config.js': "var target = __dirname + '/../server/site'\noutput: { path: target }",
      },
      'server/site',
      'web',
      'server/site',
      'npm run build',
    ],
    [
      'by a script of its own',
      { 'web/package.json': packageJson({ ...build, release: 'vite build --outDir=../server/dist' }) },
      'server/dist',
      'web',
      'server/dist',
      'npm run release',
    ],
    ['elsewhere, from its usual folder', { 'web/package.json': packageJson(build) }, 'server/site', 'web', 'web/dist', 'npm run build'],
    ['at the root', { 'package.json': packageJson(build) }, 'dist', '.', 'dist', 'npm run build'],
  ])('%s', (_, texts, path, folder, from, command) => {
    const assets = found(texts, app('go', lack(path)))
    expect([assets.folder, assets.made[0]?.from, assets.package.build.commands[0]?.join(' ')]).toEqual([folder, from, command])
  })

  it.each([
    ['no script builds', { 'web/package.json': packageJson({ start: 'vite' }) }, 'web/dist'],
    ['what is lacking is a file of another kind', { 'web/package.json': packageJson(build) }, 'geo/places.mmdb'],
    ['it makes documentation', { 'web/package.json': packageJson(build) }, 'server/docs'],
    ['it belongs to examples', { 'examples/web/package.json': packageJson(build) }, 'examples/web/dist'],
    ['at the root nothing names it', { 'package.json': packageJson(build) }, 'server/site'],
    ['its manifest cannot be read', { 'web/package.json': '{' }, 'web/dist'],
  ])('none, when %s', (_, texts, path) => expect(assetsFor(treeOf(texts), app('go', lack(path)))).toBeUndefined())

  it('takes the nearest of several, with the release that the root names and what it reads beside its folder', () => {
    const texts = {
      '.nvmrc': '22',
      'proto/api.json': '{}',
      '.env': '',
      'docs/package.json': packageJson(build),
      'app/package.json': packageJson(build),
      'web/package.json': packageJson(build),
      'web/src/main.ts': "import api from '../../proto/api.json'\nimport own from '../src/own'\nread('../../.env')",
    }
    const { folder, release, beside } = found(texts, app('go', lack('web/dist')))
    expect([folder, release, beside]).toEqual(['web', '22', ['proto/api.json']])
  })

  it('installs a member of a workspace with the lockfile at the root', () => {
    const lock = JSON.stringify({ lockfileVersion: 3, packages: { '': { workspaces: ['web'] }, web: { name: 'web' } } })
    const texts = {
      'package.json': packageJson({ build: 'npm run build --workspaces' }, { workspaces: ['web'] }),
      'package-lock.json': lock,
      'web/package.json': packageJson(build),
    }
    expect(found(texts, app('go', lack('web/dist')))).toMatchObject({ folder: '.', made: [{ from: 'web/dist', to: 'web/dist' }] })
    const pnpm = { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\nimporters:\n\n  web: {}\n", 'pnpm-workspace.yaml': 'packages: [web]\n' }
    const root = packageJson({ build: 'pnpm --recursive run build' })
    expect(found({ ...pnpm, 'package.json': root, 'web/package.json': packageJson(build) }, app('go', lack('web/dist')))).toMatchObject({
      folder: '.',
      package: { manager: { name: 'pnpm' }, manifests: ['pnpm-workspace.yaml', 'web/package.json'] },
    })
    const tests = {
      ...texts,
      'package.json': packageJson({ test: 'playwright test' }, { workspaces: ['web'] }),
      'tsconfig.json': '{}',
      'a.py': '',
    }
    const member = found(tests, app('go', lack('web/dist')))
    expect([member.folder, member.among, member.made]).toEqual(['.', false, [{ from: 'web/dist', to: 'web/dist' }]])
    expect([member.package.lockfile, member.package.build.commands, member.package.buildPaths]).toEqual([
      'package-lock.json',
      [['npm', 'run', 'build', '--workspace=web']],
      ['tsconfig.json', 'web'],
    ])
    expect(found(tests, app('python', lack('web/dist'))).among).toBe(false)
    const three = { '': { workspaces: ['web', 'ui', 'rules'] }, web: { name: 'web' }, ui: { name: 'ui' }, rules: { name: 'rules' } }
    const needing = {
      ...{ ...tests, 'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: three }) },
      'package.json': packageJson({}, { workspaces: ['web', 'ui', 'rules'] }),
      'web/package.json': packageJson(build, { dependencies: { ui: '*', rules: '*' } }),
      'ui/package.json': packageJson({ build: 'tsc' }, { name: 'ui' }),
      'rules/package.json': packageJson({}, { name: 'rules' }),
    }
    const after = found(needing, app('go', lack('web/dist'))).package
    expect(after.build.commands.map((words) => words.at(-1))).toEqual(['--workspace=ui', '--workspace=web'])
    expect(after.buildPaths).toEqual(['rules', 'tsconfig.json', 'ui', 'web'])
    expect(found({ ...tests, 'web/package-lock.json': lockOf({}) }, app('go', lack('web/dist'))).folder).toBe('web')
    const apart = { 'package.json': packageJson({ build: 'tsc' }), 'web/package.json': packageJson(build) }
    expect(found(apart, app('go', lack('web/dist'))).folder).toBe('web')
  })

  it('calls the script that calls the one which names a file, and takes it among the sources of Django', () => {
    const scripts = { build: 'npm run css && npm run js', css: 'sass a.scss:shop/static/shop.css', js: 'node js.js' }
    const assets = found({ 'package.json': packageJson(scripts) }, app('python'))
    expect([assets.package.build.commands, assets.among]).toEqual([[['npm', 'run', 'build']], true])
  })

  it('leaves a Django project alone whose package.json makes nothing that is served and missing', () => {
    const built = { 'package.json': packageJson({ build: 'sass a.scss -o shop/static/shop.css' }), 'shop/static/shop.css': '' }
    expect(assetsFor(treeOf(built), app('python'))).toBeUndefined()
    expect(assetsFor(treeOf({ 'package.json': packageJson(build) }), app('python', lack('static', false)))).toBeUndefined()
    expect(assetsFor(treeOf({ 'package.json': packageJson({ build: 'sass a.scss -o out/shop.css' }) }), app('python'))).toBeUndefined()
  })
})

describe('what is told', () => {
  const codes = (project: App, texts: Readonly<Record<string, string>>): readonly string[] =>
    withAssets(project, treeOf(texts), assetsFor).notices.map(({ code, text }) => `${code}: ${text}`)

  it('nothing of what is made', () =>
    expect(codes(app('go', lack('web/dist')), { 'web/package.json': packageJson({ build: 'vite build' }) })).toEqual([]))

  it('what is not made, and why', () => {
    const texts = { 'web/package.json': packageJson({ build: 'vite build' }), 'web/bun.lock': '' }
    expect(codes(app('go', lack('web/dist'), lack('a.pem')), texts)).toEqual([
      expect.stringMatching(/^assets-not-built: Not built\. This project installs with Bun/),
      expect.stringMatching(/^go-embed-missing: .*: web\/dist, a\.pem\. This project installs with Bun/),
    ])
  })

  it('once, what is not made of what may be absent', () => {
    const texts = { 'web/package.json': packageJson({ build: 'vite build' }), 'web/bun.lock': '' }
    expect(codes(app('go', lack('web/dist', false)), texts)).toEqual([expect.stringMatching(/^assets-not-built: Not built\. This project/)])
  })

  it('nothing of what may be absent', () =>
    expect(codes(app('go', lack('web/dist', false)), {})).toEqual([expect.stringMatching(/^assets-not-built: Not built\.$/)]))
})

describe('a front end that is read from disk', () => {
  const client = packageJson({ build: 'vite build' })
  const locks = ['', 'client/'].map((folder) => [`${folder}package-lock.json`, lockOf({})])
  const read = (texts: Readonly<Record<string, string>>, project: App) => {
    const assets = assetsFor(treeOf({ ...Object.fromEntries(locks), ...texts }), project)
    return assets === undefined || !('made' in assets) ? undefined : [assets.folder, assets.made, assets.because.at(-1)?.file, assets.apart]
  }
  const made = [{ from: 'client/dist', to: 'client/dist', read: true }]
  it.each([
    ["app.use(express.static('client/dist'))", ['client', made, 'server.js', true]],
    ["const dist = path.join(__dirname, '..', 'client', 'dist')", ['client', made, 'server.js', true]],
    ['res.sendFile(`/srv/client/dist/index.html`)', ['client', made, 'server.js', true]],
    ["require('./client/shared/rules')\nserve('client/dist')", ['client', made, 'server.js', false]],
    ["serve('client/distribution')", undefined],
    ["serve('myclient/dist')", undefined],
  ])('of Node.js: %s', (code, expected) =>
    expect(read({ 'client/package.json': client, 'server.js': code }, detectNode(express))).toEqual(expected),
  )

  it.each([
    ['http.FileServer(http.Dir("./client/dist"))', 'client', made[0]],
    ['r.Static("/", "dist")', '.', { from: 'dist', to: 'dist', read: true }],
    ['fs := os.DirFS("./dist")', '.', { from: 'dist', to: 'dist', read: true }],
    ['columns := []string{"dist"}', undefined, undefined],
  ])('of Go: %s', (code, folder, first) => {
    const texts = { [folder === 'client' ? 'client/package.json' : 'package.json']: client, 'main.go': code }
    const seen = read(texts, app('go'))
    expect([seen?.[0], seen?.[1]]).toEqual(folder === undefined ? [undefined, undefined] : [folder, [first]])
  })

  it.each([
    ['it is in the repository', { 'client/dist/index.html': '' }],
    ['only a test names it', { 'test/server.js': "serve('client/dist')", 'server.js': '' }],
    ['its own code names it', { 'client/vite.js': "serve('../client/dist')", 'server.js': '' }],
    ['the app makes it itself', { 'client/package.json': '', 'package.json': client, 'server.js': "serve('./dist')" }],
    ['its package builds nothing', { 'client/package.json': packageJson({ start: 'vite' }) }],
  ])('is not made when %s', (_, texts) =>
    expect(read({ 'client/package.json': client, 'server.js': "serve('client/dist')", ...texts }, detectNode(express))).toBeUndefined(),
  )

  it('is not taken for one when it is embedded', () => {
    const texts = { 'client/package.json': client, 'main.go': '//go:embed client/dist/app.js\nvar a = sub("client/dist")' }
    expect(found(texts, app('go', lack('client/dist/app.js'))).made.map(({ read }) => read)).toEqual([undefined])
  })

  it('is generated by Nuxt, by the script that does', () => {
    const texts = {
      'client/package.json': packageJson({ build: 'nuxt build', generate: 'nuxt generate' }),
      'client/package-lock.json': lockOf({}),
      'server.js': "serve('client/dist')",
    }
    const assets = found(texts, detectNode(express))
    expect([assets.made, assets.package.build.commands]).toEqual([made, [['npm', 'run', 'generate']]])
  })

  it('is told when it has no lockfile, and not built', () => {
    const texts = { 'client/package.json': client, 'server.js': "serve('client/dist')" }
    const { assets, notices } = withAssets(detectNode(express), treeOf(texts), assetsFor)
    expect([assets, notices.at(-1)?.text]).toEqual([undefined, expect.stringMatching(/serves none: client\/package\.json has no lockfile/)])
  })

  it.each([
    ['vite build', true],
    ['cp a b && NODE_ENV=production vite build', true],
    ['npm run css', false],
    ['sass a.scss dist/a.css', false],
  ])('is built by %s only with programs that the lockfile brings', (build, isBuilt) => {
    const lock = JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/vite': { version: '7.0.0', bin: { vite: 'vite.js' } } } })
    const texts = {
      'client/package.json': packageJson({ build, css: 'sass a.scss dist/a.css' }),
      'client/package-lock.json': lock,
      'client/vite.config.js': "outDir: 'dist'",
      'server.js': "serve('client/dist')",
    }
    const { assets, notices } = withAssets(detectNode(express), treeOf(texts), assetsFor)
    expect(assets !== undefined).toBe(isBuilt)
    expect(notices.at(-1)?.text.includes('The script build calls sass, which no package of the lockfile brings')).toBe(!isBuilt)
  })

  it('is told when it cannot be built', () => {
    const texts = { 'client/package.json': client, 'client/bun.lock': '', 'server.js': "serve('client/dist')" }
    expect(withAssets(detectNode(express), treeOf(texts), assetsFor).notices).toContainEqual(
      expect.objectContaining({ code: 'assets-not-built', text: expect.stringMatching(/serves none: This project installs with Bun/) }),
    )
  })
})
