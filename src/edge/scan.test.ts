import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Problem } from '../model/problem.ts'
import { bounds } from './bounds.ts'
import { scan } from './scan.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scan-'))
})

afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function put(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
}

const reads = [{ names: ['package.json', 'go.sum'], endings: ['.txt'] }]

describe('listing', () => {
  test('names everything, sorted, and reads only what is declared', async () => {
    put({ 'package.json': '{}', 'src/index.js': 'x', 'src/a/requirements.txt': 'django', 'B.md': '' })
    const tree = await scan(root, reads)
    expect([...tree.files]).toEqual(['B.md', 'package.json', 'src/a/requirements.txt', 'src/index.js'])
    expect([...tree.folders]).toEqual(['src', 'src/a'])
    expect([...tree.texts]).toEqual([
      ['package.json', '{}'],
      ['src/a/requirements.txt', 'django'],
    ])
    expect([...tree.unread]).toEqual([])
  })

  test('leaves out history, packages, virtual environments, caches and our own state', async () => {
    put({
      '.git/config': '',
      '.secure-docker/local/journal.json': '',
      'web/node_modules/a/package.json': '',
      'venv/a.py': '',
      '.venv/a.py': '',
      'env3/pyvenv.cfg': '',
      'env3/lib/a.py': '',
      'app/__pycache__/a.pyc': '',
    })
    const tree = await scan(root, reads)
    expect([...tree.files]).toEqual([])
    expect([...tree.folders]).toEqual(['app', 'web'])
  })

  test('knows of vendor and its list of modules, and nothing else in it', async () => {
    put({ 'vendor/modules.txt': '# a', 'vendor/a/a.go': '', 'vendor/package.json': '{}' })
    const tree = await scan(root, reads)
    expect([...tree.files]).toEqual(['vendor/modules.txt'])
    expect([...tree.folders]).toEqual(['vendor'])
  })

  test('a name with a newline or quotes is a name like others', async () => {
    put({ 'a\n"b"/package.json': '{}' })
    expect([...(await scan(root, reads)).texts.keys()]).toEqual(['a\n"b"/package.json'])
  })
})

describe('.gitignore', () => {
  test('leaves out what git leaves out, in every folder', async () => {
    const lines = (...text: string[]) => `${text.join('\n')}\n`
    put({
      '.gitignore': lines('# built', 'dist/', '*.log', '!keep.log', '/only-here', 'a/b', 'cache/', 'we ird\\ ', '[x]y', '**/deep/*.tmp'),
      'dist/index.js': '',
      'src/dist/index.js': '',
      'x.log': '',
      'keep.log': '',
      'only-here': '',
      'src/only-here': '',
      'a/b': '',
      'src/a/b': '',
      'we ird ': '',
      xy: '',
      'q/deep/r.tmp': '',
      'q/deep/r.txt': '',
      'sub/.gitignore': lines(
        '!cache/',
        '/one',
        'two',
        'x/three',
        '\\#four',
        '\\!five',
        '!*.log',
        'six/',
        '  ',
        '# seven',
        '*',
        '!*/',
        '!*.js',
      ),
      'sub/cache/in.js': '',
      'sub/one': '',
      'sub/y/one.js': '',
      'sub/y/two': '',
      'sub/x/three': '',
      'sub/z.log': '',
      'sub/#four': '',
      'sub/!five': '',
      'sub/six/a.js': '',
      'odd [a] *\\!/.gitignore': lines('x', '/y', '!z.log'),
      'odd [a] *\\!/x': '',
      'odd [a] *\\!/y': '',
      'odd [a] *\\!/n/x': '',
      'odd [a] *\\!/n/y': '',
      'odd [a] *\\!/z.log': '',
      'odd a q/x': '',
    })
    execFileSync('git', ['init', '-q'], { cwd: root })
    const git = execFileSync('git', ['-c', 'core.excludesFile=/dev/null', 'ls-files', '-zo', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    })
    const expected = git.split('\0').filter(Boolean).sort()
    expect(expected.length).toBeGreaterThan(10)
    expect([...(await scan(root, reads)).files]).toEqual(expected)
  })

  test('keeps the folder of a program in Go whose binary is left out', async () => {
    put({
      '.gitignore': 'shop\nbuild/\ncmd/local\n',
      shop: '',
      'cmd/shop/main.go': '',
      'cmd/build/a.go': '',
      'cmd/local/a.go': '',
      'x/shop/a.go': '',
    })
    expect([...(await scan(root, reads)).files]).toEqual(['.gitignore', 'cmd/shop/main.go'])
  })

  test('.git/info/exclude belongs to one clone and changes nothing', async () => {
    put({ '.git/info/exclude': 'package.json\n', 'package.json': '{}' })
    expect([...(await scan(root, reads)).files]).toEqual(['package.json'])
  })

  test('patterns made to be slow are not', async () => {
    put({ '.gitignore': `${'*a'.repeat(30)}b\n${'**/a/'.repeat(30)}b\n`, ['a'.repeat(250)]: '', [`${'a/'.repeat(18)}c`]: '' })
    const start = performance.now()
    await scan(root, reads)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('links', () => {
  test('stand for files and folders inside, never for anything outside, skipped or excluded', async () => {
    put({ 'real/package.json': '{}', '.git/config': 'secret', '.gitignore': 'ignored.txt\n', 'ignored.txt': 'x' })
    symlinkSync('real/package.json', join(root, 'package.json'))
    symlinkSync('package.json', join(root, 'twice.txt'))
    symlinkSync('real', join(root, 'folder'))
    symlinkSync('/etc/passwd', join(root, 'passwd.txt'))
    symlinkSync('/etc', join(root, 'etc'))
    symlinkSync('.git/config', join(root, 'config.txt'))
    symlinkSync('ignored.txt', join(root, 'shown.txt'))
    symlinkSync('nowhere', join(root, 'dangling.txt'))
    symlinkSync('.', join(root, 'loop'))
    symlinkSync('self', join(root, 'self'))
    const tree = await scan(root, reads)
    expect([...tree.files]).toEqual(['.gitignore', 'package.json', 'real/package.json', 'twice.txt'])
    expect([...tree.folders]).toEqual(['folder', 'real'])
    expect(tree.texts.get('package.json')).toBe('{}')
    expect(tree.texts.get('twice.txt')).toBe('{}')
  })

  test('the root itself may be one', async () => {
    put({ 'real/package.json': '{}' })
    symlinkSync('real', join(root, 'link'))
    expect([...(await scan(join(root, 'link'), reads)).files]).toEqual(['package.json'])
  })
})

describe('texts', () => {
  test('lose their byte order mark and CRLF', async () => {
    put({ 'a.txt': '\uFEFFone\r\ntwo\r\n' })
    expect((await scan(root, reads)).texts.get('a.txt')).toBe('one\ntwo\n')
  })

  test('of UTF-16 with its byte order mark are read where pip reads them', async () => {
    const bytes = Buffer.from('\uFEFFDjango==5.2\r\n', 'utf16le')
    put({ 'requirements.txt': bytes, 'pyproject.toml': bytes })
    const tree = await scan(root, [{ names: ['pyproject.toml'], endings: ['.txt'] }])
    expect([...tree.texts]).toEqual([['requirements.txt', 'Django==5.2\n']])
    expect([...tree.unread]).toEqual([['pyproject.toml', 'not UTF-8 text']])
  })

  test('are read by their ending in folders of a name only, where that is what is declared', async () => {
    put({
      'requirements/more.txt': 'a',
      'requirements/more.in': 'a',
      'deploy/requirements/b.txt': 'b',
      'requirements/old/c.txt': '',
      'my-requirements/d.txt': '',
      'e.txt': '',
    })
    const tree = await scan(root, [{ names: [], endings: ['requirements/*.txt'] }])
    expect([...tree.texts.keys()]).toEqual(['deploy/requirements/b.txt', 'requirements/more.txt'])
  })

  test('that are too large or no UTF-8 are named with the reason', async () => {
    put({ 'big.txt': '', 'odd.txt': Uint8Array.of(0xff, 0xfe, 0x41), 'go.sum': 'x'.repeat(bounds.textBytes + 1) })
    truncateSync(join(root, 'big.txt'), 100 * 1024 * 1024)
    const tree = await scan(root, reads)
    expect([...tree.unread]).toEqual([
      ['big.txt', 'larger than 512 KiB'],
      ['odd.txt', 'not UTF-8 text'],
    ])
    expect([...tree.texts.keys()]).toEqual(['go.sum'])
  })

  test('stop at a number of bytes in all, in the order of the paths', async () => {
    put({ 'a.txt': '12345', 'b.txt': '123456', 'c.txt': '12345' })
    const tree = await scan(root, reads, { ...bounds, allBytes: 10 })
    expect([...tree.texts.keys()]).toEqual(['a.txt', 'c.txt'])
    expect([...tree.unread.keys()]).toEqual(['b.txt'])
  })
})

describe('bounds', () => {
  test('of entries: the tree says where it was cut off', async () => {
    put({ 'a/1': '', 'a/2': '', 'b/1': '', c: '' })
    const tree = await scan(root, reads, { ...bounds, entries: 4 })
    expect([...tree.files]).toEqual(['a/1', 'c'])
    expect([...tree.unread.keys()]).toEqual(['a', 'b'])
  })

  test('of depth', async () => {
    put({ 'a/b/c/d': '', 'a/b/e': '' })
    const tree = await scan(root, reads, { ...bounds, depth: 2 })
    expect([...tree.files]).toEqual(['a/b/e'])
    expect([...tree.unread]).toEqual([['a/b/c', 'deeper than 2 folders']])
  })
})

describe('a root that cannot be scanned', () => {
  test.each([
    ['missing', 'folder-missing'],
    ['file', 'not-a-folder'],
    ['file/below', 'not-a-folder'],
  ])('%s', async (path, code) => {
    put({ file: '' })
    const problem = await scan(join(root, path), reads).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(Problem)
    expect((problem as Problem).text.code).toBe(code)
  })
})
