import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, nodeApp, secureDocker, textOf } from './run.ts'

const written = ['.dockerignore', 'Dockerfile', 'compose.yaml', 'secure-docker.lock', 'secure-docker.toml']
const init = (root: string, ...flags: readonly string[]) => secureDocker(root, 'init', '--yes', ...flags)
const others = (root: string) =>
  readdirSync(root)
    .filter((name) => !(name in nodeApp) && name !== '.secure-docker')
    .sort()

describe('a compose file of a Django project', () => {
  test('keeps the port of this machine for a program whose code names none', () => {
    const root = folderWith({
      'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
      'shop/settings.py': "WSGI_APPLICATION = 'shop.wsgi.application'\n",
      'shop/wsgi.py': 'application = None\n',
      'requirements.txt': 'django==5.2.8\ngunicorn==23.0.0\n',
      'compose.yaml': 'services:\n  api:\n    build: .\n    ports: ["8123:8000"]\n',
    })
    expect(init(root, '--force').code).toBe(0)
    expect(textOf(root, 'compose.yaml')).toContain("'127.0.0.1:8123:8000'")
    expect(secureDocker(root, 'check').code).toBe(0)
  })
})

describe('what only a file of a person shows', () => {
  const dockerfile = 'FROM node:22\nWORKDIR /app\nENV UPLOADS=/app/uploads\nCOPY . .\nVOLUME /app/uploads\nCMD ["node", "server.js"]\n'
  const compose =
    'services:\n  shop:\n    build: .\n    environment: { API_TOKEN: hunter2 }\n    volumes: ["kept:/app/kept"]\nvolumes:\n  kept: {}\n'
  const project = () => folderWith({ ...nodeApp, Dockerfile: dockerfile, 'compose.yaml': compose })
  const clean = (root: string) => [secureDocker(root, 'check').code, secureDocker(root, 'update').code, secureDocker(root, 'check').code]

  test('is known once ours are in its place', () => {
    const root = project()
    expect(init(root, '--force').code).toBe(0)
    const first = written.map((path) => readFileSync(join(root, path), 'utf8'))
    expect([...(textOf(root, 'compose.yaml') ?? '').matchAll(/target: (\/app\/\w+)/g)].map(([, path]) => path).sort()).toEqual([
      '/app/kept',
      '/app/uploads',
    ])
    expect(textOf(root, 'secure-docker.lock')).toContain('VOLUME /app/uploads')
    expect(textOf(root, 'secure-docker.lock')).not.toContain('hunter2')
    const said = secureDocker(root, 'detect').out
    expect(said).toMatch(/keeps data +\/app\/uploads +Dockerfile:5\n/)
    expect(said).toMatch(/\n {2}\(.*Dockerfile.*: as it was before ours; its text is kept in secure-docker.lock\)\n/)
    expect(clean(root)).toEqual([0, 0, 0])
    expect(written.map((path) => readFileSync(join(root, path), 'utf8'))).toEqual(first)
  })

  test('is forgotten with undo, and tells nothing of a file that was given up', () => {
    const root = project()
    init(root, '--force')
    expect(secureDocker(root, 'update', '--undo').code).toBe(0)
    expect([textOf(root, 'Dockerfile'), textOf(root, 'compose.yaml')]).toEqual([dockerfile, compose])
    init(root, '--force')
    expect(secureDocker(root, 'eject', 'Dockerfile').code).toBe(0)
    writeFileSync(join(root, 'Dockerfile'), 'FROM node:22\nVOLUME /app/other\n')
    expect(secureDocker(root, 'detect').out).toMatch(/keeps data +\/app\/other +Dockerfile:2/)
  })

  test('is not kept where it is longer than a lock may be, which can be read then', () => {
    const root = folderWith({ ...nodeApp, Dockerfile: `${dockerfile}${'# \\\n'.repeat(100_000)}` })
    expect(init(root, '--force').code).toBe(0)
    expect(textOf(root, 'secure-docker.lock')).not.toContain('[replaced')
    expect(secureDocker(root, 'update').code).toBe(0)
    expect(secureDocker(root, 'check').code).toBe(0)
  })

  test('is not what we wrote, when only the lock is gone', () => {
    const root = folderWith(nodeApp)
    init(root)
    rmSync(join(root, 'secure-docker.lock'))
    expect(init(root, '--force').code).toBe(0)
    expect(textOf(root, 'secure-docker.lock')).not.toContain('[replaced')
  })
})

describe('init --yes', () => {
  test('writes what is not there, and names the next two commands', () => {
    const root = folderWith(nodeApp)
    const { code, out } = init(root)
    expect(code).toBe(0)
    expect(others(root)).toEqual(written)
    expect(out).toMatch(/Next:\n {2}docker compose build\n {2}docker compose up --wait\n$/)
  })

  test('changes nothing the second time, to the byte', () => {
    const root = folderWith(nodeApp)
    init(root)
    const before = written.map((path) => readFileSync(join(root, path), 'utf8'))
    expect(init(root).code).toBe(0)
    expect(written.map((path) => readFileSync(join(root, path), 'utf8'))).toEqual(before)
  })

  test('brings ours up to date where nobody touched it', () => {
    const root = folderWith(nodeApp)
    init(root)
    writeFileSync(join(root, 'server.js'), nodeApp['server.js'].replace('3000', '4321'))
    expect(init(root).code).toBe(0)
    expect(textOf(root, 'Dockerfile')).toContain('EXPOSE 4321')
    expect(textOf(root, 'compose.yaml')).toContain('127.0.0.1:4321:4321')
  })

  test('leaves ours when it was edited, with exit 4, and replaces it by --force', () => {
    const root = folderWith(nodeApp)
    init(root)
    const mine = `${textOf(root, 'Dockerfile')}# mine\n`
    writeFileSync(join(root, 'Dockerfile'), mine)
    expect(init(root, '--port', '4321').code).toBe(4)
    expect(textOf(root, 'Dockerfile')).toBe(mine)
    expect(init(root, '--force', '--port', '4321').code).toBe(0)
    expect(textOf(root, 'Dockerfile')).toContain('EXPOSE 4321')
    expect(textOf(root, 'Dockerfile')).not.toContain('# mine')
  })

  test("leaves a person's Dockerfile, and all that goes with it, with exit 4 and the way out", () => {
    const root = folderWith({ ...nodeApp, Dockerfile: 'FROM node\n' })
    const { code, err } = init(root)
    expect(code).toBe(4)
    expect(textOf(root, 'Dockerfile')).toBe('FROM node\n')
    expect(textOf(root, '.dockerignore')).toBeUndefined()
    expect(textOf(root, 'compose.yaml')).toBeUndefined()
    expect(err).toContain('--beside')
    expect(err).toContain('--force')
  })

  test.each(['compose.yml', 'docker-compose.yml', 'docker-compose.override.yml', 'compose.override.yaml'])(
    'leaves compose.yaml unwritten beside %s, which it would shadow or merge with',
    (name) => {
      const root = folderWith({ ...nodeApp, [name]: 'services: {}\n' })
      const { code, out } = init(root)
      expect(code).toBe(4)
      expect(out).toContain(name)
      expect(others(root)).toEqual([...written.filter((path) => path !== 'compose.yaml'), name].sort())
    },
  )

  test('goes on without what a compose file says that cannot be read, and names the line', () => {
    const root = folderWith({ ...nodeApp, 'compose.yml': 'services:\n  web: [\n' })
    const { code, err } = init(root)
    expect(code).toBe(4)
    expect(err).toMatch(/compose\.yml cannot be read: it is not valid YAML .*compose\.yml:3/s)
    expect(textOf(root, 'Dockerfile')).toContain('FROM ')
  })

  test('writes beside what is there, in files that build and run as they are', () => {
    const root = folderWith({ ...nodeApp, Dockerfile: 'FROM node\n', 'docker-compose.yml': 'services: {}\n' })
    const { code, out } = init(root, '--beside')
    expect(code).toBe(0)
    expect(others(root)).toEqual([
      'Dockerfile',
      'Dockerfile.hardened',
      'Dockerfile.hardened.dockerignore',
      'compose.hardened.yaml',
      'docker-compose.yml',
      'secure-docker.lock',
      'secure-docker.toml',
    ])
    expect(textOf(root, 'compose.hardened.yaml')).toContain('dockerfile: Dockerfile.hardened')
    expect(out).toContain('docker compose --file compose.hardened.yaml up --wait')
    expect(init(root).code).toBe(0)
    expect(textOf(root, 'Dockerfile')).toBe('FROM node\n')
  })

  test('keeps what --force replaced', () => {
    const root = folderWith({ ...nodeApp, Dockerfile: 'FROM precious\n' })
    expect(init(root, '--force').code).toBe(0)
    const kept = readdirSync(join(root, '.secure-docker'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    expect(kept).toContain('FROM precious\n')
  })

  test('writes nothing on --dry-run', () => {
    const root = folderWith(nodeApp)
    const { code, out } = init(root, '--dry-run')
    expect(code).toBe(0)
    expect(out).toContain('Would be written:')
    expect(readdirSync(root).sort()).toEqual(Object.keys(nodeApp).sort())
  })

  test('prints one JSON document on stdout, and no text of any file', () => {
    const root = folderWith(nodeApp)
    const { code, out, err } = init(root, '--json')
    expect(code).toBe(0)
    expect(err).toBe('')
    const document = JSON.parse(out)
    expect(document).toMatchObject({
      schema: 1,
      dryRun: false,
      ecosystem: 'node',
      next: ['docker compose build', 'docker compose up --wait'],
    })
    expect(document.choices.port).toEqual({
      value: 3000,
      from: 'detected',
      because: [expect.objectContaining({ file: 'server.js', line: 1 })],
    })
    expect(document.files.map((f: { path: string; action: string }) => `${f.action} ${f.path}`)).toEqual([
      'create Dockerfile',
      'create .dockerignore',
      'create compose.yaml',
      'create secure-docker.toml',
    ])
    expect(out).not.toContain('FROM ')
  })

  test('takes the place of a compose file and its overrides by --force, brings them back, and keeps what they say', () => {
    const server = `require('pg')\nnew (require('pg').Pool)({ connectionString: process.env.DATABASE_URL })\n${nodeApp['server.js']}`
    const base = 'services:\n  shop:\n    build: .\n    ports: ["8123:3000"]\n  mydb:\n    image: postgres:16\n'
    const manifest = JSON.stringify({ name: 'shop', scripts: { start: 'node server.js' }, dependencies: { pg: '^8.0.0' } })
    const theirs = { 'compose.yaml': base, 'docker-compose.override.yml': 'services:\n  shop:\n    privileged: true\n' }
    const root = folderWith({ ...nodeApp, 'package.json': manifest, 'server.js': server, ...theirs })
    expect(init(root).code).toBe(4)
    const { code, out } = init(root, '--force')
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringMatching(/docker-compose\.override\.yml +removed \(ours take its place/),
    })
    expect(textOf(root, 'docker-compose.override.yml')).toBeUndefined()
    expect(textOf(root, 'compose.yaml')).toContain('image: postgres:16')
    expect(textOf(root, 'compose.yaml')).toMatch(/^ {2}mydb:$/m)
    expect(textOf(root, 'compose.yaml')).toContain('127.0.0.1:8123:3000')
    // Nothing shows the name and the release any more, but what was written.
    expect(secureDocker(root, 'check')).toMatchObject({ code: 0 })
    expect(secureDocker(root, 'update', '--undo').code).toBe(0)
    for (const [path, text] of Object.entries(theirs)) expect(textOf(root, path)).toBe(text)
  })
})
