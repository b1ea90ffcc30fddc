import { DockerfileParser } from 'dockerfile-ast'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { ecosystemsFor } from '../../src/ecosystems/index.ts'
import { Problem } from '../../src/model/problem.ts'
import type { Tree } from '../../src/model/tree.ts'
import { candidates, produce, recognise } from '../../src/pipeline.ts'
import { holds, hostile } from './hostile.ts'

const places = { dockerfile: 'Dockerfile', compose: 'compose.yaml' }

function treeOf(texts: Readonly<Record<string, string>>, others: readonly string[] = []): Tree {
  const files = [...Object.keys(texts), ...others].sort()
  const folders = files.flatMap((file) => (file.includes('/') ? [file.slice(0, file.indexOf('/'))] : []))
  return { files: new Set(files), folders: new Set(folders), texts: new Map(Object.entries(texts)), unread: new Map() }
}

const detectors = await ecosystemsFor(treeOf({ 'package.json': '', 'go.mod': '', 'manage.py': '' }))

/** Instructions, and the keys of the compose file: what no text of a project may change. A name that is none is left out. */
function skeleton(tree: Tree): unknown {
  const [found] = candidates(recognise(tree, detectors))
  if (found === undefined) throw new Error('nothing recognised')
  const [dockerfile, ignore, compose] = produce(found, {}, {}, places).artifacts.map((a) => a.content)
  const instructions = DockerfileParser.parse(dockerfile ?? '')
    .getInstructions()
    .map((i) => i.getKeyword())
  return { instructions, ignored: (ignore ?? '').split('\n').length, compose: keysOf({ ...parseYaml(compose ?? ''), name: '' }) }
}

function keysOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]))
    : '.'
}

/** The skeleton, or the refusal of the project. */
function outcome(tree: Tree): unknown {
  try {
    return skeleton(tree)
  } catch (error) {
    if (error instanceof Problem) return error.text.code
    throw error
  }
}

const server = "require('node:http').createServer().listen(3000)\n"
const quote = (text: string): string => JSON.stringify(text)

describe('a name that every object has is a name like others', () => {
  it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'])('%s', (name) => {
    const node = (called: string): Tree =>
      treeOf({
        'package.json': `{ "name": "x", "scripts": { "start": "npm run ${called} || node server.js", "build": "npm run ${called}" }, "dependencies": { "${called}": "1", "typeorm": "1", "pg": "8" } }`,
        'server.js': `${server}import a from '${called}'\nprocess.env.${called}\nconst o = { dialect: '${called}' }\n`,
        'schema.prisma': `datasource db {\n  provider = "${called}"\n}\n`,
        '.env.example': `${called}=1\n`,
        Procfile: `web: npm run ${called}\nworker: npm run ${called}\n`,
      })
    const go = (called: string): Tree =>
      treeOf({
        'go.mod': `module example.com/${called}\n\ngo 1.26\n\nrequire ${called}.com/${called} v1.0.0\n`,
        'main.go': `package main\n\nimport "net/http"\nimport "os"\n\nfunc main() { os.Getenv("${called}"); http.ListenAndServe(":8080", nil) }\n`,
        '.env.example': `${called}=1\n`,
      })
    const python = (called: string): Tree =>
      treeOf({
        'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n",
        'site/settings.py': `WSGI_APPLICATION = 'site.wsgi.application'\nDATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', '${called}': os.environ['${called}']}}\n`,
        'site/wsgi.py': 'application = None\n',
        'requirements.txt': `django==5.2.8\ngunicorn==23.0.0\npsycopg==3.2\n${called}==1.0\n`,
        '.env.example': `${called}=1\n`,
      })
    const bare = (called: string): Tree =>
      treeOf({ 'package.json': `{ "name": "x" }`, 'server.js': server, Procfile: `web: npm run ${called}\n` })
    // The package index knows no name that begins with an underscore.
    for (const tree of [node, bare, go, ...(name === '__proto__' ? [] : [python])])
      expect(outcome(tree(name))).toEqual(outcome(tree('other')))
  })
})

describe('no text of a project changes an instruction or a key', () => {
  it('from package.json', () => {
    const manifest = (text: string, script: string): string =>
      `{ "name": "x${'-'}y", "description": ${quote(text)}, "author": ${quote(text)}, "license": ${quote(text)}, "homepage": ${quote(text)}, "repository": ${quote(text)}, "scripts": { "start": ${quote(script)} } }`
    const tree = (text: string, script: string): Tree => treeOf({ 'package.json': manifest(text, script), 'server.js': server })
    const plain = skeleton(tree('plain', 'node server.js arg'))
    holds(
      fc.property(hostile, hostile, (text, word) => {
        const shown = outcome(tree(text, `node server.js ${word}`))
        if (typeof shown !== 'string') expect(shown).toEqual(plain)
      }),
    )
  })

  it('from names of files and folders', () => {
    const manifest = '{ "name": "x", "scripts": { "start": "node server.js" } }'
    holds(
      fc.property(hostile, (text) => {
        const name = `n${text.replaceAll('/', '').replaceAll('\0', '')}`
        const plain = outcome(treeOf({ 'package.json': manifest, 'server.js': server }, ['n/a.txt', 'm.txt']))
        const shown = outcome(treeOf({ 'package.json': manifest, 'server.js': server }, [`${name}/a.txt`, 'm.txt']))
        // A name that is known to be beside the program is left out: one COPY and one pattern fewer.
        if (typeof shown === 'string') expect(shown).toBe('text-not-writable')
        else expect(JSON.stringify(shown).length).toBeLessThanOrEqual(JSON.stringify(plain).length)
      }),
    )
  })

  it('from go.mod and the code beside it', () => {
    const tree = (text: string): Tree =>
      treeOf({
        'go.mod': `module example.com/${text}\n\ngo 1.26\n`,
        'main.go': `package main\n\nimport "net/http"\n\nfunc main() { http.HandleFunc("/${text}", nil); http.ListenAndServe(":8080", nil) }\n`,
        LICENSE: text,
      })
    const plain = skeleton(tree('shop'))
    holds(
      fc.property(hostile, (text) => {
        const shown = outcome(tree(text))
        if (typeof shown !== 'string') expect(shown).toEqual(plain)
      }),
    )
  })

  it('from the settings and manifests of Django', () => {
    const tree = (text: string): Tree =>
      treeOf({
        'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n",
        'site/settings.py': "WSGI_APPLICATION = 'site.wsgi.application'\n",
        'site/wsgi.py': 'application = None\n',
        'requirements.txt': 'django==5.2.8\ngunicorn==23.0.0\n',
        'pyproject.toml': `[project]\nname = "x"\ndescription = ${quote(text)}\nrequires-python = ">=3.12"\n`,
      })
    const plain = skeleton(tree('plain'))
    holds(
      fc.property(hostile, (text) => {
        const shown = outcome(tree(text))
        if (typeof shown !== 'string') expect(shown).toEqual(plain)
      }),
    )
  })
})
