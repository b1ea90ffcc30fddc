import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { folderWith, nodeApp, textOf } from './run.ts'
import { type Answer, type Ended, inTerminal, keys, noTerminal, type Terminal } from './terminal.ts'

if (noTerminal !== undefined) process.stderr.write(`The wizard WAS NOT RUN in a terminal: ${noTerminal}.\n`)

const nth = (index: number): readonly string[] => [...Array.from({ length: index }, () => keys.down), keys.enter]
const write = { when: 'Write them?', press: nth(0) }
const [show, back, some, stop, more] = [1, 5, 6, 7, 8]
const twoApps = {
  ...nodeApp,
  'go.mod': 'module example.com/a\n\ngo 1.26\n',
  'main.go': 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
}
const noStart = {
  'package.json': '{ "name": "shop", "license": "MIT", "scripts": { "start": "node gone.js" } }\n',
  'lib/deep/serve.js': nodeApp['server.js'],
}
const escapeCode = '\u001b'
const colour = new RegExp(`${escapeCode}\\[3\\dm`)
const quiet = { SECURE_DOCKER_NO_VERSION_NOTICE: '1' }

function guestBook(): string {
  const root = folderWith({})
  cpSync('test/projects/node-express', root, { recursive: true })
  return root
}

function wizard(root: string, answers: readonly Answer[], terminal?: Terminal): Promise<Ended> {
  return inTerminal(root, ['init'], answers, { ...terminal, env: { ...quiet, ...terminal?.env } })
}

/** The terminal is as it was: its settings, and its cursor. */
function expectRestored({ settings, raw }: Ended): void {
  expect(settings[1]).toBe(settings[0])
  expect(raw.lastIndexOf(`${escapeCode}[?25h`)).toBeGreaterThanOrEqual(raw.lastIndexOf(`${escapeCode}[?25l`))
}

const workspace = {
  'package.json': '{ "name": "shop", "license": "MIT", "private": true, "workspaces": ["apps/*"] }\n',
  'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'apps/api': {}, 'apps/desk': {} } }),
  'apps/api/package.json': '{ "name": "api", "scripts": { "start": "node api.js" } }\n',
  'apps/api/api.js': "require('http').createServer().listen(4000)\n",
  'apps/desk/package.json': '{ "name": "desk", "scripts": { "start": "node desk.js" } }\n',
  'apps/desk/desk.js': "require('http').createServer().listen(5000)\n",
}

describe.skipIf(noTerminal !== undefined)('the wizard in a terminal', { timeout: 120_000 }, () => {
  test.each([40, 80, 200])('shows findings, a preview and the next commands in %i columns', async (columns) => {
    const root = guestBook()
    const ended = await wizard(root, [write], { columns })
    expect(ended.code).toBe(0)
    expect(textOf(root, 'Dockerfile')).toContain('ENTRYPOINT')
    expectRestored(ended)
    await expect(ended.screens.join(`${'='.repeat(columns)}\n`)).toMatchFileSnapshot(`../../snapshots/screens/wizard-${columns}.txt`)
    for (const line of ended.screens.join('').split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
  })

  test('asks which program of a workspace is meant, and shows what is found in it', async () => {
    const root = folderWith(workspace)
    const ended = await wizard(root, [{ when: 'What is the start?', press: nth(1) }, write])
    expect(ended.code).toBe(0)
    expect(ended.screens.join('')).toContain('apps/desk/desk.js')
    expect(textOf(root, 'Dockerfile')).toContain('WORKDIR /app/apps/desk')
    expect(textOf(root, 'Dockerfile')).toContain('EXPOSE 5000')
    expect(textOf(root, 'secure-docker.toml')).toContain('start = "apps/desk"')
  })

  test('detects another program anew that is chosen instead', async () => {
    const root = folderWith(workspace)
    const typed = [...Array.from({ length: 20 }, () => keys.backspace), ...'apps/api', keys.enter]
    const ended = await wizard(root, [
      { when: 'What is the start?', press: nth(1) },
      { when: 'Write them?', press: nth(back) },
      { when: 'What shall be changed?', press: nth(1) },
      { when: 'start:', press: typed },
      write,
    ])
    expect(ended.code).toBe(0)
    expect(textOf(root, 'Dockerfile')).toContain('WORKDIR /app/apps/api')
    expect(textOf(root, 'Dockerfile')).toContain('EXPOSE 4000')
  })

  test('keeps what was found on a screen of 24 lines, and shows a file', async () => {
    const root = guestBook()
    const ended = await wizard(root, [{ when: 'Write them?', press: nth(1) }, { when: 'Which one?', press: nth(0) }, write], { rows: 24 })
    expect(ended.code).toBe(0)
    expect(ended.screens[0]?.split('\n').length).toBeLessThanOrEqual(28)
    await expect(ended.screens[0]).toMatchFileSnapshot('../../snapshots/screens/short.txt')
  })

  test('shows a file, goes back, changes the port, writes', async () => {
    const root = guestBook()
    const ended = await wizard(root, [
      { when: 'Write them?', press: nth(show) },
      { when: 'Write them?', press: nth(back) },
      { when: 'What shall be changed?', press: nth(2) },
      { when: 'port:', press: ['?', keys.enter] },
      { when: 'the flag is --port', press: ['high', keys.enter] },
      { when: 'is not a port', press: [...Array.from({ length: 4 }, () => keys.backspace), '8123', keys.enter] },
      write,
    ])
    expect(ended.code).toBe(0)
    expect(textOf(root, 'secure-docker.toml')).toContain('port = 8123')
    expect(textOf(root, 'Dockerfile')).toContain('EXPOSE 8123')
    await expect(ended.screens.at(-1)).toMatchFileSnapshot('../../snapshots/screens/change.txt')
  })

  test('explains, writes only some files, and those that need each other together', async () => {
    const root = guestBook()
    const ended = await wizard(root, [
      { when: 'Write them?', press: nth(more) },
      { when: 'brings it back', press: nth(some) },
      { when: 'Which of them?', press: [keys.space, keys.enter] },
      { when: 'mark both', press: [keys.space, keys.down, keys.space, keys.enter] },
    ])
    expect(ended.code).toBe(0)
    expect(existsSync(join(root, 'Dockerfile'))).toBe(true)
    expect(existsSync(join(root, '.dockerignore'))).toBe(true)
    expect(existsSync(join(root, 'compose.yaml'))).toBe(false)
    await expect(ended.screens.at(-2)).toMatchFileSnapshot('../../snapshots/screens/some.txt')
  })

  test('takes what is pasted, and what does not fit is said', async () => {
    const root = folderWith(noStart)
    const ended = await wizard(root, [
      { when: 'What is the start?', press: nth(1) },
      { when: 'start:', press: [`lib/deep/serve.js${keys.enter}`] },
      { when: 'Write them?', press: [keys.down, keys.up, keys.enter] },
    ])
    expect(ended.code).toBe(0)
    expect(textOf(root, 'secure-docker.toml')).toContain('start = "lib/deep/serve.js"')
    await expect(ended.screens[0]).toMatchFileSnapshot('../../snapshots/screens/question.txt')
  })

  test('bears a terminal that becomes narrow', async () => {
    const root = guestBook()
    const ended = await wizard(root, [
      { when: 'Write them?', press: [keys.down], columns: 40 },
      { when: 'Show Dockerfile', press: [keys.up, keys.enter] },
    ])
    expect(ended.code).toBe(0)
    expectRestored(ended)
  })

  test('writes over files of others as they decide, and shows the difference', async () => {
    const root = folderWith({ ...nodeApp, Dockerfile: 'FROM node:22\nCMD ["node", "server.js"]\n' })
    const ended = await wizard(root, [{ when: 'What shall happen?', press: nth(4) }, { when: 'What shall happen?', press: nth(3) }, write])
    expect(ended.code).toBe(0)
    expect(textOf(root, 'Dockerfile')).toContain('ENTRYPOINT')
    await expect(ended.screens[1]).toMatchFileSnapshot('../../snapshots/screens/replace.txt')
  })

  const optional = {
    'package.json':
      '{ "name": "shop", "scripts": { "start": "node server.js" }, "dependencies": { "ioredis": "5", "nodemailer": "7", "pg": "8" } }\n',
    'server.js': `const { Pool } = require('pg')
const Redis = require('ioredis')
const mail = require('nodemailer').createTransport({ host: process.env.SMTP_HOST, port: process.env.SMTP_PORT })
const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const cache = process.env.REDIS_URL ? new Redis(process.env.REDIS_URL) : undefined
require('node:http').createServer((_, r) => r.end('hi')).listen(process.env.PORT || 3000)
`,
  }

  test('asks which optional services are set up, none unless they are marked', async () => {
    const asked = { when: 'Which optional services' }
    const root = folderWith(optional)
    const none = await wizard(root, [{ ...asked, press: [keys.enter] }, write])
    expect(none.code).toBe(0)
    expect(textOf(root, 'compose.yaml')).not.toMatch(/ {2}(?:redis|mailpit):/)
    expect(textOf(root, 'secure-docker.toml')).toContain('services = "-redis, -mailpit"')
    expect((await wizard(root, [write])).screen).not.toContain(asked.when)
    const marked = folderWith(optional)
    const ended = await wizard(marked, [{ ...asked, press: [keys.space, keys.enter] }, write])
    expect(ended.code).toBe(0)
    expect(textOf(marked, 'secure-docker.toml')).toContain('services = "redis, -mailpit"')
    expect(textOf(marked, 'compose.yaml')).toMatch(/ {2}redis:\n/)
    await expect(ended.screens[0]).toMatchFileSnapshot('../../snapshots/screens/services.txt')
  })

  test('leaves out a service that is elsewhere, and takes it in again', async () => {
    const root = folderWith(optional)
    const ended = await wizard(root, [
      { when: 'Which optional services', press: [keys.enter] },
      { when: 'Write them?', press: nth(back) },
      { when: 'What shall be changed?', press: nth(4) },
      { when: 'Which services shall be set up?', press: [keys.space, keys.enter] },
      write,
    ])
    expect(ended.code).toBe(0)
    expect(textOf(root, 'secure-docker.toml')).toContain('services = "-postgres, -redis, -mailpit"')
    expect(ended.screen).toContain('postgres (elsewhere)')
    expect(ended.screen).toContain("echo 'DATABASE_URL=")
  })

  const floors = {
    ...nodeApp,
    'acme.toml': 'description = "a"\n[floors]\nforbidden-ports = [22]\n[floors.labels]\n"com.acme.team" = ".+"\n',
  }
  const presets = 15

  test('follows a preset that is chosen, and tells at once what is below its floors', async () => {
    const root = folderWith(floors)
    const ended = await wizard(root, [
      { when: 'Write them?', press: nth(back) },
      { when: 'What shall be changed?', press: nth(presets) },
      { when: 'Which one shall be followed?', press: nth(1) },
      { when: 'Write them?', press: nth(back) },
      { when: 'presets: recommended, strict', press: nth(presets) },
      { when: 'Which one shall be followed?', press: nth(5) },
      { when: 'preset:', press: ['/etc/x.toml', keys.enter] },
      { when: 'means nothing on another', press: [...Array.from({ length: 11 }, () => keys.backspace), './acme.toml', keys.enter] },
      write,
    ])
    expect(ended.screen).toContain('the label com.acme.team is missing')
    expect(ended.code).toBe(0)
    expect(textOf(root, 'secure-docker.toml')).toContain('extends = ["strict"]')
    expect(textOf(root, 'compose.yaml')).toContain('mem_limit: 256m')
    await expect(ended.screens[2]).toMatchFileSnapshot('../../snapshots/screens/presets.txt')
  })

  test('lets a person bring what is below a floor within it, one thing after the other', async () => {
    const root = folderWith({
      ...nodeApp,
      'acme.toml': 'description = "a"\n[floors]\nforbidden-ports = [3000]\nmemory = { max = 100 }\n',
      'secure-docker.toml': 'extends = ["./acme.toml"]\nmemory = 200\n',
    })
    const port = [{ when: 'What shall be changed?', press: nth(2) }]
    const ended = await wizard(root, [
      { when: 'What now?', press: nth(0) },
      ...port,
      { when: 'port:', press: [...Array.from({ length: 4 }, () => keys.backspace), '8123', keys.enter] },
      { when: 'What now?', press: nth(0) },
      { when: 'What shall be changed?', press: nth(6) },
      { when: 'memory:', press: [...Array.from({ length: 3 }, () => keys.backspace), '64', keys.enter] },
      write,
    ])
    expect(ended.code).toBe(0)
    expect(textOf(root, 'compose.yaml')).toContain('mem_limit: 64m')
    expect(textOf(root, 'Dockerfile')).toContain('EXPOSE 8123')
  })

  test.each([
    [nth(1), [], 7],
    [
      nth(0),
      [
        { when: 'What shall be changed?', press: nth(presets + 1) },
        { when: 'What now?', press: nth(1) },
      ],
      7,
    ],
  ] as const)('shows no preview of what is below a floor %#', async (first, more, code) => {
    const root = folderWith({ ...floors, 'secure-docker.toml': 'extends = ["./acme.toml"]\n' })
    const ended = await wizard(root, [{ when: 'What now?', press: first }, ...more])
    expect(ended.screen).toContain('the label com.acme.team is missing')
    expect(ended.screen).not.toContain('Write them?')
    expect([ended.code, textOf(root, 'Dockerfile')]).toEqual([code, undefined])
    expectRestored(ended)
  })

  const menu = { when: 'Write them?' }
  const change = { ...menu, press: nth(back) }
  const dockerfile = { Dockerfile: 'FROM node:22\n' }
  test.each<[string, Readonly<Record<string, string>>, readonly Answer[]]>([
    ['which project', twoApps, [{ when: 'Which one shall run', press: [keys.stop] }]],
    ['what is started', noStart, [{ when: 'What is the start?', press: [keys.stop] }]],
    ['what is started, which no file tells', { 'package.json': '{}' }, [{ when: 'What is the start?', press: [keys.stop] }]],
    [
      'its name',
      noStart,
      [
        { when: 'What is the start?', press: nth(1) },
        { when: 'start:', press: ['ab', keys.stop] },
      ],
    ],
    ['existing files', { ...nodeApp, ...dockerfile }, [{ when: 'What shall happen?', press: [keys.stop] }]],
    ['the preview', nodeApp, [{ ...menu, press: [keys.stop] }]],
    ['the end of the input', nodeApp, [{ ...menu, press: [keys.end] }]],
    ['what to change', nodeApp, [change, { when: 'What shall be changed?', press: [keys.stop] }]],
    ['the new value', nodeApp, [change, { when: 'What shall be changed?', press: nth(0) }, { when: '(? for more)', press: [keys.stop] }]],
    [
      'which files',
      nodeApp,
      [
        { ...menu, press: nth(some) },
        { when: 'Which of them?', press: [keys.stop] },
      ],
    ],
    ['the choice to stop', nodeApp, [{ ...menu, press: nth(stop) }]],
  ])('stopped at %s: nothing is written, exit 130', async (_, files, answers) => {
    const root = folderWith(files)
    const ended = await wizard(root, answers)
    expect(ended.screen).toContain('Stopped. Nothing was written.')
    expect(ended.code).toBe(130)
    expect(readdirSync(root).toSorted()).toEqual([...new Set(Object.keys(files).map((path) => path.split('/')[0]))].toSorted())
    expectRestored(ended)
  })

  test.each([
    ['TERM', 'dumb'],
    ['ACCESSIBLE', '1'],
  ])('asks line by line with %s=%s, without a single control code', async (name, value) => {
    const root = folderWith(noStart)
    const ended = await wizard(
      root,
      [
        { when: 'Enter for 1:', press: ['?\r'] },
        { when: 'kept in secure-docker.toml', press: ['2\r'] },
        { when: 'start:', press: ['lib/deep/serve.js\r'] },
        { when: 'Enter for 1:', press: ['9\r'] },
        { when: 'Enter for 1:', press: ['1\r'] },
      ],
      { env: { [name]: value } },
    )
    expect(ended.code).toBe(0)
    expect(ended.raw).not.toContain(escapeCode)
    expect(textOf(root, 'Dockerfile')).toContain('serve.js')
    await expect(ended.screens.at(-1)).toMatchFileSnapshot('../../snapshots/screens/line-by-line.txt')
  })

  test('line by line, Ctrl-C writes nothing', async () => {
    const root = folderWith(nodeApp)
    const ended = await wizard(root, [{ when: 'Enter for 1:', press: [keys.stop] }], { env: { TERM: 'dumb' } })
    expect([ended.code, readdirSync(root).toSorted()]).toEqual([130, Object.keys(nodeApp).toSorted()])
  })

  test('uses no colour with NO_COLOR, and colour with FORCE_COLOR', async () => {
    const answers = [{ when: 'Write them?', press: nth(show) }, write]
    expect((await wizard(guestBook(), answers, { env: { NO_COLOR: '1' } })).raw).not.toMatch(colour)
    expect((await wizard(guestBook(), answers, { env: { FORCE_COLOR: '1' } })).raw).toMatch(colour)
  })

  test('uses no character beyond ASCII, which a terminal without UTF-8 could not show', async () => {
    const { screen } = await wizard(
      guestBook(),
      [
        { when: 'Write them?', press: nth(some) },
        { when: 'Which of them?', press: [keys.enter] },
      ],
      {
        env: { LC_ALL: 'C' },
      },
    )
    expect(screen.replace(/[\r\n\t -~]/g, '')).toBe('')
  })

  test('asks nothing in a continuous integration', async () => {
    const root = folderWith(nodeApp)
    const { code, screen } = await wizard(root, [], { env: { CI: 'true' } })
    expect([code, screen.includes('Write them?')]).toEqual([0, false])
  })

  test('is offered without a command where nothing was written', async () => {
    const root = folderWith(nodeApp)
    const { code } = await inTerminal(root, [], [{ when: 'Look at the repository?', press: nth(0) }, write], { env: quiet })
    expect(code).toBe(0)
    expect(existsSync(join(root, 'Dockerfile'))).toBe(true)
  })
})

describe.skipIf(noTerminal !== undefined)('after writing, with a Docker Engine', { timeout: 120_000 }, () => {
  const log = `#1 [internal] load build definition from Dockerfile
#5 [dependencies 3/4] RUN npm ci --omit=dev
#5 0.512 npm warn deprecated
#5 DONE 3.2s
#6 [runtime 2/6] COPY package.json ./
#6 CACHED`
  const failing = `#5 [dependencies 3/4] RUN npm ci --omit=dev
#5 0.900 npm error code EUSAGE
#5 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1`

  /** A folder with a program `docker` in it that prints what Docker would. */
  function engine(commands: Readonly<Record<string, readonly [text: string, code: number]>>): string {
    // Which ports are in use on this machine is not to matter.
    const cases = Object.entries({ ps: ['', 1] as const, ...commands }).map(
      ([word, [text, code]]) => `  *" ${word} "*) cat <<'LOG'\n${text}\nLOG\n  exit ${code} ;;`,
    )
    const root = folderWith({ docker: `#!/bin/sh\ncase " $* " in\n${cases.join('\n')}\nesac\n` })
    chmodSync(join(root, 'docker'), 0o755)
    return root
  }
  const run = (bin: string, press: readonly string[]) =>
    wizard(folderWith(nodeApp), [write, { when: 'Build it and start it now?', press }], { env: { PATH: `${bin}:${process.env['PATH']}` } })

  test('builds and starts, and tells each step', async () => {
    const ended = await run(engine({ build: [log, 0], up: [' Container shop-web-1  Started\n Container shop-web-1  Healthy', 0] }), nth(0))
    expect(ended.code).toBe(0)
    await expect(ended.screens.at(-1)).toMatchFileSnapshot('../../snapshots/screens/start.txt')
  })

  test('offers another port where the one of the app is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const root = folderWith({ ...nodeApp, 'server.js': `require('node:http').createServer().listen(${port})\n` })
    const env = { PATH: `${engine({ ps: ['', 0] })}:${process.env['PATH']}` }
    const later = { when: 'Build it and start it now?', press: nth(1) }
    const stays = await wizard(root, [{ when: `Port ${port} of this machine is in use.`, press: nth(1) }, write, later], { env })
    expect(stays.screen.replace(/\s+/g, ' ')).toContain(
      `note: port ${port} of this machine is in use, so that web cannot be published on it`,
    )
    expect(textOf(root, 'secure-docker.toml')).not.toContain('publish =')
    const moves = await wizard(root, [{ when: `Port ${port} of this machine is in use.`, press: nth(0) }, write, later], { env })
    expect(moves.code).toBe(0)
    const published = /publish = "(\d+)"/.exec(textOf(root, 'secure-docker.toml') ?? '')?.[1]
    expect(Number(published)).toBeGreaterThan(port)
    expect(textOf(root, 'compose.yaml')).toContain(`127.0.0.1:${published}:${port}`)
  })

  test('shows the step that fails with its reason', async () => {
    const ended = await run(engine({ build: [failing, 1] }), nth(0))
    expect(ended.code).toBe(1)
    await expect(ended.screens.at(-1)).toMatchFileSnapshot('../../snapshots/screens/build-fails.txt')
  })

  test('shows what the program said when it does not start', async () => {
    const ended = await run(
      engine({ build: [log, 0], up: ['container shop-web-1 is unhealthy', 1], logs: ['web-1  | no database', 0] }),
      nth(0),
    )
    expect(ended.code).toBe(1)
    expect(ended.screen).toMatch(/did not start[\s\S]*unhealthy[\s\S]*no database/)
  })

  test('leaves it at the files when that is wanted, and on Ctrl-C', async () => {
    expect((await run(engine({ build: [log, 1] }), nth(1))).code).toBe(0)
    const stopped = await run(engine({ build: [log, 1] }), [keys.stop])
    expect(stopped.code).toBe(130)
    expect(stopped.screen).toContain('The files are written')
    expectRestored(stopped)
  })

  test('is stopped by Ctrl-C while it builds', async () => {
    const bin = engine({ build: ['', 0] })
    writeFileSync(
      join(bin, 'docker'),
      `#!/bin/sh\ncase " $* " in *" ps "*) exit 1;; *" build "*) echo '#5 [a 1/2] RUN npm ci'; exec sleep 60;; esac\n`,
    )
    const ended = await wizard(
      folderWith(nodeApp),
      [write, { when: 'Build it and start it now?', press: nth(0) }, { when: '[a 1/2] RUN npm ci', press: [keys.stop] }],
      { env: { PATH: `${bin}:${process.env['PATH']}` } },
    )
    expect(ended.code).toBe(130)
    expect(ended.screen).toContain('The files are written')
  })
})
