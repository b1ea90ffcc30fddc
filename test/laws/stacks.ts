import fc from 'fast-check'
import { ecosystemsFor } from '../../src/ecosystems/index.ts'
import type { Artifact } from '../../src/model/artifact.ts'
import type { Tree } from '../../src/model/tree.ts'
import { candidates, produce, recognise } from '../../src/pipeline.ts'

type Files = Readonly<Record<string, string>>

const places = { dockerfile: 'Dockerfile', compose: 'compose.yaml' }
const detectors = await ecosystemsFor(treeOf({ 'package.json': '', 'go.mod': '', 'manage.py': '' }))

function treeOf(texts: Files): Tree {
  const files = Object.keys(texts).sort()
  const folders = files.flatMap((file) => [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index)))
  return { files: new Set(files), folders: new Set(folders), texts: new Map(Object.entries(texts)), unread: new Map() }
}

function rendered(files: Files): readonly Artifact[] {
  const [found] = candidates(recognise(treeOf(files), detectors))
  if (found === undefined) throw new Error('nothing recognised')
  return produce(found, {}, {}, places).artifacts
}

const folders = fc.subarray(['assets', 'config', 'data', 'i18n', 'public', 'views'])
const port = fc.constantFrom(3000, 4321, 8080)
const words = fc.constantFrom(undefined, 'A shop', 'A shop with a cellar')

const node = fc
  .record({
    release: fc.constantFrom(undefined, '20', '22', '24'),
    port,
    folders,
    description: words,
    locked: fc.boolean(),
    build: fc.boolean(),
    dependencies: fc.subarray(['express', 'ejs', 'bcrypt', 'sharp']),
    start: fc.constantFrom('server.js', 'index.js', '--enable-source-maps server.js'),
  })
  .map((stack): Files => {
    const { dependencies, description } = stack
    const scripted = Object.fromEntries(dependencies.map((name) => [`node_modules/${name}`, { hasInstallScript: name === 'bcrypt' }]))
    const file = stack.start.replace(/^--\S+ /, '')
    return {
      'package.json': JSON.stringify({
        name: 'shop',
        description,
        dependencies: Object.fromEntries(dependencies.map((name) => [name, '*'])),
        ...(stack.build && { devDependencies: { typescript: '*' } }),
        scripts: { start: `node ${stack.build ? 'dist/' : ''}${stack.start}`, ...(stack.build && { build: 'tsc --outDir dist' }) },
      }),
      [stack.build ? `src/${file.replace('.js', '.ts')}` : file]: `require('node:http').createServer().listen(${stack.port})\n`,
      ...(stack.build && { 'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }' }),
      ...(stack.locked && { 'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: scripted }) }),
      ...(stack.release !== undefined && { '.nvmrc': stack.release }),
      ...Object.fromEntries(stack.folders.map((folder) => [`${folder}/a.txt`, ''])),
    }
  })

const go = fc
  .record({
    release: fc.constantFrom('1.26', '1.27'),
    port,
    folders,
    program: fc.constantFrom('.', 'cmd/shop'),
    downloads: fc.boolean(),
    vendored: fc.boolean(),
    cgo: fc.boolean(),
  })
  .map((stack): Files => {
    const opened = stack.folders.map((folder) => `\tos.ReadFile("${folder}/a.txt")\n`).join('')
    const main = `package main\n\n${stack.cgo ? 'import "C"\n' : ''}import (\n\t"net/http"\n\t"os"\n)\n\nfunc main() {\n${opened}\thttp.ListenAndServe(":${stack.port}", nil)\n}\n`
    return {
      'go.mod': `module example.com/shop\n\ngo ${stack.release}\n${stack.downloads ? '\nrequire example.com/words v1.0.0\n' : ''}`,
      ...(stack.downloads && { 'go.sum': '' }),
      ...(stack.downloads && stack.vendored && { 'vendor/modules.txt': '# example.com/words v1.0.0\n## explicit\nexample.com/words\n' }),
      [stack.program === '.' ? 'main.go' : `${stack.program}/main.go`]: main,
      ...Object.fromEntries(stack.folders.map((folder) => [`${folder}/a.txt`, ''])),
    }
  })

const django = fc
  .record({
    release: fc.constantFrom(undefined, '3.13', '3.14'),
    folders,
    manager: fc.constantFrom('pip', 'uv', 'poetry', 'pipenv'),
    requirements: fc.subarray(['gunicorn==23.0.0', 'uvicorn==0.38.0', 'psycopg2==2.9.11', 'pillow==12.0.0']),
    statics: fc.boolean(),
    secret: fc.boolean(),
  })
  .map((stack): Files => {
    const packages = ['django==5.2.8', ...stack.requirements]
    return {
      'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
      'shop/settings.py': [
        'import os',
        "WSGI_APPLICATION = 'shop.wsgi.application'",
        stack.secret ? "SECRET_KEY = os.environ['SECRET_KEY']" : "SECRET_KEY = 'x'",
        ...(stack.statics ? ["INSTALLED_APPS = ['django.contrib.staticfiles']", "STATIC_ROOT = 'collected'"] : []),
        '',
      ].join('\n'),
      'shop/wsgi.py': 'application = None\n',
      ...manifests(stack.manager, packages),
      ...(stack.release !== undefined && { '.python-version': stack.release }),
      ...Object.fromEntries(stack.folders.map((folder) => [`${folder}/a.txt`, ''])),
    }
  })

function manifests(manager: 'pip' | 'uv' | 'poetry' | 'pipenv', packages: readonly string[]): Files {
  const pinned = packages.map((line) => line.split('==') as [string, string])
  const table = pinned.map(([name, version]) => `${name} = "==${version}"\n`).join('')
  switch (manager) {
    case 'pip':
      return { 'requirements.txt': `${packages.join('\n')}\n` }
    case 'uv':
      return {
        'pyproject.toml': `[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ${JSON.stringify(packages)}\n`,
        'uv.lock': 'version = 1\n',
      }
    case 'poetry':
      return {
        'pyproject.toml': `[tool.poetry.dependencies]\npython = "^3.12"\n${table}`,
        'poetry.lock': pinned.map(([name, version]) => `[[package]]\nname = "${name}"\nversion = "${version}"\n`).join('\n'),
      }
    case 'pipenv':
      return { Pipfile: `[packages]\n${table}` }
  }
}

/** What is written for a random stack, and for another one of the same ecosystem: real renderings of small repositories. */
export const stackChange: fc.Arbitrary<readonly [before: readonly Artifact[], after: readonly Artifact[]]> = fc
  .oneof(...[node, go, django].map((stack) => fc.tuple(stack, stack)))
  .map(([before, after]) => [rendered(before), rendered(after)] as const)
