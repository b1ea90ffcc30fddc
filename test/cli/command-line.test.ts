import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, nodeApp, secureDocker, textOf, withVariables } from './run.ts'

const commands = [...secureDocker('.', '--help').out.matchAll(/^ {2}secure-docker ([a-z]+)/gm)].map(([, name]) => name ?? '')
const escapeCode = '\u001b'

describe('help', () => {
  test('names every command, the flags of all, and examples', () => {
    const { out, err, code } = secureDocker('.', '--help')
    expect(commands).toEqual(expect.arrayContaining(['init', 'detect', 'update', 'check', 'diff', 'eject', 'explain']))
    expect(out).toMatch(/--cwd[\s\S]*--json[\s\S]*--quiet[\s\S]*--verbose[\s\S]*--no-color[\s\S]*--version[\s\S]*Examples:/)
    expect([code, err]).toEqual([0, ''])
  })

  test.each(commands)('of %s fits on a screen and has an example', (command) => {
    const { out, code } = secureDocker('.', command, '--help')
    expect(code).toBe(0)
    expect(out.trimEnd().split('\n').length).toBeLessThan(25)
    expect(out).toContain(`Examples:\n  secure-docker ${command}`)
    expect(secureDocker('.', command, '-h').out).toBe(out)
  })
})

describe('what asks and what runs other programs is not loaded', () => {
  // A port of its own: who holds one that is taken is asked of the engine.
  test.each([['init', '--yes', '--publish', '47113'], ['--help'], ['--version'], ['detect']])('by %s %s', (...args) => {
    const root = folderWith(nodeApp)
    const coverage = join(root, 'coverage')
    expect(withVariables({ NODE_V8_COVERAGE: coverage }, root, ...args).code).toBe(0)
    const reports = readdirSync(coverage).map(
      (file) => JSON.parse(readFileSync(join(coverage, file), 'utf8')) as { result: { url: string }[] },
    )
    const loaded = reports.flatMap(({ result }) => result.map(({ url }) => url)).filter((url) => url.includes('/dist/'))
    expect(loaded.join()).toContain('/dist/base.js')
    expect(loaded.join()).not.toContain('/dist/ask.js')
    // Whatever file a bundler puts it into.
    expect(loaded.filter((url) => readFileSync(new URL(url), 'utf8').includes('ExecaError'))).toEqual([])
    const plain = args[0]?.startsWith('--') !== true
    expect(loaded.some((url) => readFileSync(new URL(url), 'utf8').includes('YError'))).toBe(!plain)
  })

  test('by the wizard before it has shown what was found', () => {
    const texts = new Map(readdirSync('dist').map((file) => [file, readFileSync(join('dist', file), 'utf8')]))
    const needed = new Set([...texts].flatMap(([file, text]) => (text.includes('Stop, write nothing') ? [file] : [])))
    expect(needed.size).toBe(1)
    for (const file of needed)
      for (const [, next = ''] of texts.get(file)?.matchAll(/(?:from|import)"\.\/([\w.-]+)"/g) ?? []) needed.add(next)
    expect([...needed]).toContain('base.js')
    for (const mark of ['ExecaError', 'INQUIRER_KEYBINDINGS', 'YError', 'YAMLParseError']) {
      const holding = [...texts].flatMap(([file, text]) => (text.includes(mark) ? [file] : []))
      expect([mark, holding.length > 0, holding.filter((file) => needed.has(file))]).toEqual([mark, true, []])
    }
  })
})

describe('a slip', () => {
  test.each([
    [['ini'], /ini: there is no such command/, /Did you mean init\?/],
    [['init', '--prot', '3'], /--prot: there is no such flag/, /Did you mean --port\? See secure-docker init --help/],
    [['update', '--dry-rum'], /--dry-rum: there is no such flag/, /Did you mean --dry-run\?/],
    [['check', '--quite'], /--quite: there is no such flag/, /Did you mean --quiet\?/],
    [['zzzzzzzzzz'], /zzzzzzzzzz: there is no such command/, /See secure-docker --help/],
    [['init', 'one', 'two'], /two: that is more than this command takes/, /See secure-docker init --help/],
    [['eject'], /Missing required argument: file/, /See secure-docker eject --help/],
    [['init', '--answer'], /answer/, /See secure-docker init --help/],
    [['init', '--answer', 'prot=1'], /there is no such question/, /Did you mean port\?/],
  ])('%j is said to be one, with what may be meant', (args, message, fix) => {
    const { code, out, err } = secureDocker(folderWith(nodeApp), ...args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
    expect(err).toMatch(fix)
  })
})

describe('flags of every command', () => {
  test('--cwd enters a folder first', () => {
    const root = folderWith({ 'app/package.json': nodeApp['package.json'], 'app/server.js': nodeApp['server.js'] })
    expect(secureDocker(root, 'init', '--yes', '--cwd', 'app').code).toBe(0)
    expect(textOf(root, 'app/Dockerfile')).toContain('FROM')
    expect(secureDocker(root, 'init', '--yes', '--cwd', 'nowhere')).toMatchObject({
      code: 2,
      err: expect.stringContaining('folder-missing'),
    })
  })

  test('--quiet leaves the result and errors', () => {
    const root = folderWith(nodeApp)
    expect(secureDocker(root, 'init', '--yes', '--quiet')).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Dockerfile') })
    expect(secureDocker(root, 'init', '--quiet', '--port', 'high').err).toContain('error option-invalid')
  })

  test('no escape code leaves a run without a terminal, and none with --no-color', () => {
    const root = folderWith(nodeApp)
    for (const args of [['detect'], ['init', '--yes'], ['check'], ['diff'], ['--help'], ['explain', 'Dockerfile:1'], [], ['ini']]) {
      const { out, err } = secureDocker(root, ...args)
      expect(out + err).not.toContain(escapeCode)
    }
    secureDocker(root, 'init', '--yes', '--port', '8081')
    const forced = (...args: string[]) => withVariables({ FORCE_COLOR: '1' }, root, 'diff', ...args).out
    mkdirSync(join(root, 'views'))
    expect(forced('--no-color')).not.toContain(escapeCode)
  })

  test('--verbose and DEBUG=secure-docker log what is done, with times, and nothing of the files', () => {
    const root = folderWith(nodeApp)
    const log = /^secure-docker +\d+ ms {2}\w/m
    expect(secureDocker(root, 'detect', '--verbose').err).toMatch(log)
    const { err } = withVariables({ DEBUG: 'secure-docker' }, root, 'detect')
    expect(err).toMatch(log)
    expect(err).not.toContain('createServer')
    expect(secureDocker(root, 'detect').err).not.toMatch(log)
  })
})

describe('answers', () => {
  test('come by name and from a file; a flag overrules both', () => {
    const root = folderWith({ ...nodeApp, 'answers.json': '{ "port": 1234, "memory": 256, "user": 1000 }' })
    const args = ['--answers', 'answers.json', '--answer', 'memory=128', '--answer', 'pids=50', '--port', '4321']
    expect(secureDocker(root, 'init', '--yes', ...args).code).toBe(0)
    expect(textOf(root, 'secure-docker.toml')).toMatch(/port = 4321\nuser = 1000\nmemory = 128\npids = 50/)
  })

  test('that are missing are asked for by their flags where nobody can be asked', () => {
    const { code, err } = secureDocker(folderWith({ 'package.json': '{ "name": "shop" }' }), 'init')
    expect(code).toBe(1)
    expect(err).toContain('--start path/to/server.js')
  })
})

describe('without a command', () => {
  test('says what is here, and exits 0: nothing, current, edited, out of date', () => {
    const root = folderWith(nodeApp)
    const status = () => secureDocker(root)
    expect(status()).toMatchObject({ code: 0, err: '', out: expect.stringContaining('secure-docker init --yes') })
    expect(JSON.parse(secureDocker(root, '--json').out)).toEqual({ schema: 1, written: false, changes: [], files: [] })
    secureDocker(root, 'init', '--yes')
    expect(status()).toMatchObject({ code: 0, out: expect.stringMatching(/Dockerfile +current\n[\s\S]*Everything is current/) })
    writeFileSync(join(root, 'compose.yaml'), `# ours\n${textOf(root, 'compose.yaml')}`)
    expect(status()).toMatchObject({ code: 0, out: expect.stringMatching(/compose\.yaml +current, with edits of yours\n/) })
    writeFileSync(join(root, 'package.json'), '{ "name": "shop", "scripts": { "start": "node server.js" }, "engines": { "node": "22" } }\n')
    expect(status()).toMatchObject({ code: 0, out: expect.stringMatching(/Dockerfile +out of date\n[\s\S]*secure-docker update/) })
    expect(JSON.parse(secureDocker(root, '--json').out)).toMatchObject({
      schema: 1,
      written: true,
      files: expect.arrayContaining([{ path: 'compose.yaml', state: 'current', edited: true }]),
    })
  })
})
