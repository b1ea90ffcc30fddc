import { expect, it } from 'vitest'
import type { Tree } from '../../model/tree.ts'
import { candidates, produce, recognise } from '../../pipeline.ts'
import { ecosystemsFor } from '../index.ts'

const pnpm =
  "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      ms:\n        specifier: ^2.1.3\n        version: 2.1.3\n\npackages:\n\n  ms@2.1.3: {}\n"
const yarn = '# yarn lockfile v1\n\n\nms@^2.1.3:\n  version "2.1.3"\n'
const npm = JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/ms': { version: '2.1.3' } } })

const treeOf = (texts: Readonly<Record<string, string>>): Tree => ({
  files: new Set(Object.keys(texts)),
  folders: new Set(Object.keys(texts).flatMap((path) => (path.includes('/') ? [path.slice(0, path.indexOf('/'))] : []))),
  texts: new Map(Object.entries(texts)),
  unread: new Map(),
})
const detectors = await ecosystemsFor(treeOf({ 'package.json': '' }))

/** The Dockerfile of a program that needs `ms`, with a script that builds. */
function dockerfile(files: Readonly<Record<string, string>>, manifest: object = {}): string {
  const scripts = { build: 'tsc --outDir dist', start: 'node dist/server.js' }
  const texts = {
    'package.json': JSON.stringify({ name: 'shop', scripts, dependencies: { ms: '^2.1.3' }, ...manifest }),
    'src/server.ts': "import { createServer } from 'node:http'\ncreateServer().listen(3000)\n",
    ...files,
  }
  const [found] = candidates(recognise(treeOf(texts), detectors))
  if (found === undefined) throw new Error('nothing recognised')
  const { artifacts } = produce(found, {}, {}, { dockerfile: 'Dockerfile', compose: 'compose.yaml' })
  return artifacts.find(({ path }) => path === 'Dockerfile')?.content ?? ''
}

it('is pnpm, of the release that the project names, for its lockfile', () => {
  const text = dockerfile({ 'pnpm-lock.yaml': pnpm }, { packageManager: 'pnpm@9.1.2+sha512.abc' })
  expect(text).toContain('COPY --link package.json pnpm-lock.yaml ./')
  expect(text).toContain(
    'npm install --global --ignore-scripts --no-audit --no-fund pnpm@9.1.2 \\\n    && pnpm --reporter=append-only install --frozen-lockfile --prod --ignore-scripts\n',
  )
  expect(text).toContain('pnpm run build')
  expect(text).not.toContain('npm ci')
})

it.each([
  [{ '.tool-versions': 'nodejs 24.1.0\npnpm 10.14.0\n' }, '10.14.0'],
  [{}, '10.34.9'],
])('is the pnpm of %j', (files, version) => {
  expect(dockerfile({ 'pnpm-lock.yaml': pnpm, ...files })).toContain(` pnpm@${version} `)
})

it.each([
  ['10.34.9', false],
  ['11.0.0', true],
  ['12.1.0', true],
])('pnpm %s is kept from installing again before a script: %s', (version, kept) => {
  const text = dockerfile({ 'pnpm-lock.yaml': pnpm }, { packageManager: `pnpm@${version}` })
  expect(text.includes('ENV PNPM_CONFIG_VERIFY_DEPS_BEFORE_RUN="false"')).toBe(kept)
})

it('copies what pnpm reads beside the lockfile', () => {
  const patched = `${pnpm}\npatchedDependencies:\n  ms@2.1.3:\n    path: patches/ms.patch\n`
  const text = dockerfile({
    'pnpm-lock.yaml': patched,
    'pnpm-workspace.yaml': 'onlyBuiltDependencies: []\n',
    '.pnpmfile.cjs': '',
    'patches/ms.patch': '',
  })
  expect(text).toMatch(/^COPY --link (?=.*\bpnpm-workspace\.yaml)(?=.*\.pnpmfile\.cjs).*$/m)
  expect(text).toContain('COPY --link patches/ms.patch ./patches/')
})

it('is Yarn 1, which the images of older releases of Node.js bring', () => {
  const old = dockerfile({ 'yarn.lock': yarn })
  expect(old).toContain('yarn install --frozen-lockfile --ignore-scripts --ignore-engines --non-interactive --production\n')
  expect(old).not.toContain('--global')
  expect(dockerfile({ 'yarn.lock': yarn, '.nvmrc': '26' })).toContain(
    'npm install --global --ignore-scripts --no-audit --no-fund yarn@1.22.22 \\\n    && yarn install',
  )
})

it.each([
  ['pnpm-lock.yaml', pnpm, 'pnpm --reporter=append-only install --no-frozen-lockfile'],
  ['yarn.lock', yarn, 'yarn install --pure-lockfile'],
])('installs without %s being exact when it does not hold what package.json asks for', (file, text, command) => {
  expect(dockerfile({ [file]: text }, { dependencies: { ms: '^3.0.0' } })).toContain(command)
})

it('is that of package.json where there are several lockfiles, and npm where it names none', () => {
  const both = { 'package-lock.json': npm, 'pnpm-lock.yaml': pnpm }
  expect(dockerfile(both)).toContain('npm ci')
  expect(dockerfile(both, { packageManager: 'pnpm@10.14.0' })).toContain('pnpm --reporter=append-only install')
})

const berry = (version: number): string =>
  `__metadata:\n  version: ${version}\n\n"ms@npm:^2.1.3":\n  version: 2.1.3\n  resolution: "ms@npm:2.1.3"\n\n"shop@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "shop@workspace:."\n  dependencies:\n    ms: "npm:^2.1.3"\n`

it.each([
  [{ 'yarn.lock': berry(10) }, {}, '4.18.1'],
  [{ 'yarn.lock': berry(8) }, {}, '4.13.0'],
  [{ 'yarn.lock': berry(7) }, {}, '3.8.7'],
  [{ 'yarn.lock': berry(8) }, { packageManager: 'yarn@4.9.2+sha512.abc' }, '4.9.2'],
  [{ 'yarn.lock': berry(6), '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-3.6.4.cjs\n' }, {}, '3.6.4'],
])('is the later Yarn that wrote %j, whatever package.json names: %j', (files, manifest, version) => {
  const text = dockerfile(files, manifest)
  expect(text).toContain(`--force @yarnpkg/cli-dist@${version} \\\n    && yarn install --immutable --mode=skip-build\n`)
  expect(text).toContain('YARN_NODE_LINKER="node-modules"')
  expect(text).toContain('YARN_YARN_PATH="/usr/local/lib/node_modules/@yarnpkg/cli-dist/bin/yarn.js"')
  expect(text).toContain(
    version.startsWith('4.')
      ? '&& yarn workspaces focus --all --production\n'
      : '&& yarn install --immutable --mode=skip-build \\\n    && npm prune --omit=dev',
  )
})

const words = { 'packages/words/package.json': '{"name":"@shop/words"}', 'packages/words/index.js': '' }
const member = `${berry(10)}\n"@shop/words@workspace:packages/words":\n  version: 0.0.0-use.local\n  resolution: "@shop/words@workspace:packages/words"\n`

it.each([
  [{ scripts: { postinstall: 'husky' } }, {}],
  [{ workspaces: ['packages/*'] }, { scripts: { install: 'make' } }],
])('scripts of its own are not run while a later Yarn installs: %j %j', (manifest, words) => {
  const files = { 'packages/words/package.json': JSON.stringify({ name: '@shop/words', ...words }) }
  const text = dockerfile({ 'yarn.lock': 'workspaces' in manifest ? member : berry(8), ...files }, manifest)
  expect(text).toContain('&& yarn install --immutable --mode=skip-build \\\n    && npm prune --omit=dev')
  expect(text).not.toContain('focus')
})

it('copies what a later Yarn reads beside the lockfile, but no credentials', () => {
  const files = { 'yarn.lock': berry(8), '.yarn/plugins/@yarnpkg/plugin-x.cjs': '', '.yarn/releases/yarn-4.9.2.cjs': '' }
  const text = dockerfile({ ...files, '.yarnrc.yml': 'enableTelemetry: false\n' })
  expect(text).toContain('COPY --link package.json yarn.lock .yarnrc.yml ./')
  expect(text).toContain('COPY --link .yarn/plugins/@yarnpkg/plugin-x.cjs ./.yarn/plugins/@yarnpkg/')
  expect(text).not.toContain('releases')
  expect(dockerfile({ ...files, '.yarnrc.yml': 'npmAuthToken: abc\n' })).not.toContain('.yarnrc.yml')
})

it.each([
  ['yarn.lock', yarn, { workspaces: ['packages/*'] }, 'yarn install --frozen-lockfile'],
  ['yarn.lock', yarn, { workspaces: { packages: ['packages/*'] } }, 'yarn install --frozen-lockfile'],
  ['yarn.lock', member, { workspaces: ['packages/*'] }, 'yarn install --immutable'],
  [
    'pnpm-lock.yaml',
    pnpm.replace('\npackages:', '\n  packages/words: {}\n\npackages:'),
    {},
    '--frozen-lockfile --config.node-linker=hoisted',
  ],
])('installs a workspace whose program is at its root: %s %#', (file, text, manifest, command) => {
  const written = dockerfile({ [file]: text, ...words }, manifest)
  expect(written).toContain(command)
  expect(written.match(/^COPY --link packages\/words\/package.json .\/packages\/words\/$/gm)).toHaveLength(2)
  expect(written).toContain('&& rm -rf packages/words/node_modules\n')
  expect(written).toMatch(
    /^COPY --link --from=dependencies .* \/app\/packages\/ .\/packages\/\n[\s\S]*^COPY --link --from=build .* \/app\/packages\/ .\/packages\/$/m,
  )
})

it.each([
  [{ 'pnpm-lock.yaml': pnpm }, 'CI=true pnpm prune --prod --ignore-scripts'],
  [{ 'yarn.lock': yarn }, 'npm prune --omit=dev --ignore-scripts'],
  [{ 'package-lock.json': npm }, 'npm prune --omit=dev --ignore-scripts'],
])('takes the tools of development away again where one changes what is installed: %j', (files, command) => {
  const text = dockerfile({ ...files, 'patches/ms+2.1.3.patch': '' }, { devDependencies: { 'patch-package': '*' } })
  expect(text).toMatch(/npx --no -- patch-package/)
  expect(text).toContain(command)
})

it.each(['yarn build', 'yarn run build', 'npm run build', 'pnpm build'])(
  'builds once where the program is started by `%s && …` too',
  (call) => {
    const scripts = { build: 'webpack', start: `${call} && node server.js` }
    const text = dockerfile({ 'yarn.lock': yarn, 'server.js': "require('node:http').createServer().listen(3000)\n" }, { scripts })
    expect(text.match(/^ {4}.*\bbuild\b.*$/gm)).toEqual(['    yarn run build \\'])
  },
)

it('runs install scripts in every package of a workspace of pnpm, and leaves out those that the program has no use for', () => {
  const lock = pnpm
    .replace(
      '\npackages:',
      '\n  integration_tests/words:\n    dependencies:\n      sharp:\n        specifier: 0.34.1\n        version: 0.34.1\n\npackages:',
    )
    .replace('ms@2.1.3: {}', 'ms@2.1.3: {}\n\n  sharp@0.34.1: {}')
  const text = dockerfile({ 'pnpm-lock.yaml': lock, 'integration_tests/words/package.json': '{}' })
  expect(text).toContain('pnpm --recursive rebuild sharp\n')
  expect(text).not.toContain('/app/integration_tests/')
  expect(dockerfile({ 'pnpm-lock.yaml': pnpm })).not.toContain('--recursive')
})

it('copies no folder of a lockfile that is not there', () => {
  const lock = pnpm.replace('\npackages:', '\n  ../beside: {}\n\n  packages/gone: {}\n\npackages:')
  expect(dockerfile({ 'pnpm-lock.yaml': lock })).not.toMatch(/beside|gone/)
})
