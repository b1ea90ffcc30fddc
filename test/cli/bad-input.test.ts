import { chmodSync, mkdirSync, openSync, readdirSync, symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, nodeApp, secureDocker, withoutPrivileges } from './run.ts'

/** What a person sees: the code and text of the error, never a stack. */
function failure(root: string, ...args: readonly string[]) {
  const { code, err, out } = secureDocker(root, ...args)
  expect(err).not.toMatch(/^\s+at .*:\d+:\d+/m)
  expect(out).toBe('')
  return { code, problem: err.match(/^error ([\w-]+): (.*)$/m)?.slice(1) ?? [], err }
}

describe('a folder', () => {
  test('that is not there, is a file, is empty, or holds no project', () => {
    const root = folderWith({ file: '', 'empty/.keep': '', 'docs/notes.md': '# notes' })
    expect(failure(root, 'init', '--yes', 'nowhere')).toMatchObject({ code: 2, problem: ['folder-missing', expect.any(String)] })
    expect(failure(root, 'init', '--yes', 'file')).toMatchObject({ code: 2, problem: ['not-a-folder', expect.any(String)] })
    expect(failure(root, 'init', '--yes', 'empty')).toMatchObject({ code: 3, problem: ['nothing-recognised', expect.any(String)] })
    expect(failure(root, 'detect', 'docs')).toMatchObject({ code: 3, problem: ['nothing-recognised', expect.any(String)] })
  })

  test('that may not be read', () => {
    const root = folderWith(nodeApp)
    chmodSync(root, 0)
    const { code, err } = withoutPrivileges('/', 'detect', root)
    chmodSync(root, 0o755)
    expect(code).toBe(2)
    expect(err).toContain('folder-unreadable')
  })

  test('with two projects: names both, and the flag that chooses', () => {
    const root = folderWith({
      ...nodeApp,
      'go.mod': 'module example.com/a\n\ngo 1.26\n',
      'main.go': 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
    })
    const { code, err } = failure(root, 'init', '--yes')
    expect(code).toBe(1)
    for (const words of ['Node.js (package.json)', 'Go (go.mod)', '--ecosystem node', '--ecosystem go']) expect(err).toContain(words)
    expect(secureDocker(root, 'init', '--yes', '--ecosystem', 'go').code).toBe(0)
  })

  test('that links into itself ends', () => {
    const root = folderWith(nodeApp)
    symlinkSync('.', join(root, 'loop'))
    symlinkSync('/', join(root, 'outside'))
    symlinkSync('b', join(root, 'a'))
    symlinkSync('a', join(root, 'b'))
    expect(secureDocker(root, 'init', '--yes').code).toBe(0)
  })
})

describe('package.json', () => {
  test.each([
    ['{ "name": "x",\n  "scripts": { start }\n}', 2],
    ['{ "name": "x",\n\n  "scripts": ["start"] }', 3],
    ['{\n  "name": 7 }', 2],
    ['[]', 1],
    ['', 1],
  ])('%j is refused with its line', (text, line) => {
    const { code, problem, err } = failure(folderWith({ ...nodeApp, 'package.json': text }), 'init', '--yes')
    expect(code).toBe(1)
    expect(problem[0]).toBe('package-json-invalid')
    expect(err).toContain(`at package.json:${line}\n`)
  })

  test('with a byte order mark is read', () => {
    expect(secureDocker(folderWith({ ...nodeApp, 'package.json': `\uFEFF${nodeApp['package.json']}` }), 'init', '--yes').code).toBe(0)
  })

  test('of 100 MB is not read, and the reason is said', () => {
    const root = folderWith(nodeApp)
    openSync(join(root, 'package.json'), 'w')
    truncateSync(join(root, 'package.json'), 100_000_000)
    const { code, problem } = failure(root, 'init', '--yes')
    expect(code).toBe(1)
    expect(problem[0]).toBe('package-json-invalid')
  })

  test('with hostile texts changes no line but its own', () => {
    const nasty = 'a"\nUSER root\n#$(id)`id`\\'
    const plain = secureDocker(
      folderWith({ ...nodeApp, 'package.json': JSON.stringify({ name: 'x', description: 'y', scripts: { start: 'node server.js' } }) }),
      'detect',
      '--json',
    )
    const root = folderWith({
      ...nodeApp,
      'package.json': JSON.stringify({ name: nasty, description: nasty, author: nasty, scripts: { start: 'node server.js' } }),
    })
    expect(plain.code).toBe(0)
    expect(secureDocker(root, 'init', '--yes').code).toBe(0)
    expect(secureDocker(root, 'detect').out).not.toContain('\nUSER root')
  })
})

describe('go.mod and Python manifests', () => {
  test.each([
    [{ 'go.mod': 'go 1.26\n', 'main.go': 'package main\n\nfunc main() {}\n' }, /go\.mod/],
    [
      {
        'manage.py': "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.settings')\n",
        'pyproject.toml': '[project\nname = 1\n',
        'a/settings.py': '',
        'a/wsgi.py': '',
      },
      /pyproject\.toml:1/,
    ],
    [
      {
        'manage.py': "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.settings')\n",
        'requirements.txt': 'django==5.2\n-r missing.txt\n',
        'a/settings.py': '',
        'a/wsgi.py': '',
      },
      /missing\.txt/,
    ],
  ])('%j is refused with its place', (files, place) => {
    const { code, err } = failure(folderWith(files as Record<string, string>), 'init', '--yes')
    expect(code).toBe(1)
    expect(err).toMatch(place)
  })
})

describe('usage', () => {
  test.each([[['inti']], [['init', '--fast']], [['init', '--port', 'many']], [['init', 'a', 'b']]])('%j is refused with exit 2', (args) => {
    const { code } = failure(folderWith(nodeApp), ...args)
    expect(code).toBe(2)
  })

  test('with --json the problem is the one document on stdout', () => {
    const { code, out } = secureDocker(folderWith({ a: '' }), 'init', '--yes', '--json')
    expect(code).toBe(3)
    expect(JSON.parse(out)).toMatchObject({ schema: 1, problem: { code: 'nothing-recognised', exit: 3 } })
  })
})

describe('a target', () => {
  test('that is a folder, or leads out of the repository, is refused and nothing is written', () => {
    const root = folderWith(nodeApp)
    mkdirSync(join(root, 'Dockerfile'))
    const { code, problem } = failure(root, 'init', '--yes', '--force')
    expect(code).toBe(4)
    expect(problem[0]).toBe('target-is-folder')
    expect(readdirSync(root).filter((name) => name.startsWith('compose'))).toEqual([])
  })

  test('in a folder that cannot be written leaves it as it is', () => {
    const root = folderWith(nodeApp)
    chmodSync(root, 0o555)
    const { code, err } = withoutPrivileges(root, 'init', '--yes')
    expect(code).toBe(4)
    expect(err).toMatch(/^error [\w-]+: /m)
    expect(readdirSync(root).sort()).toEqual(Object.keys(nodeApp).sort())
    chmodSync(root, 0o755)
  })
})
