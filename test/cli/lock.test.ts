import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, nodeApp, secureDocker, textOf, withoutPrivileges } from './run.ts'

const lockFile = 'secure-docker.lock'
const commands = ['update', 'check', 'diff'] as const

function project(files: Readonly<Record<string, string>> = {}): string {
  const root = folderWith({ ...nodeApp, ...files })
  expect(secureDocker(root, 'init', '--yes').code).toBe(0)
  return root
}

/** What each command says of a project whose lock was tampered with; no file may change. */
function expectRefused(root: string, code: string, ...words: readonly string[]): void {
  const before = textOf(root, 'Dockerfile')
  for (const command of commands) {
    const result = secureDocker(root, command)
    expect(result.code).toBe(6)
    expect(result.out).toBe('')
    expect(result.err).toContain(`error ${code}: `)
    for (const word of words) expect(result.err).toContain(word)
  }
  expect(textOf(root, 'Dockerfile')).toBe(before)
}

describe('a lock that', () => {
  const rewrite = (root: string, change: (text: string) => string | Uint8Array): string => {
    writeFileSync(join(root, lockFile), change(textOf(root, lockFile) ?? ''))
    return root
  }

  test('is cut off', () => {
    expectRefused(
      rewrite(project(), (text) => text.slice(0, text.length / 2)),
      'lock-invalid',
      'not valid TOML',
      'git checkout --',
    )
    expectRefused(
      rewrite(project(), () => ''),
      'lock-invalid',
      'init again',
    )
  })

  test('is no text, or too long', () => {
    expectRefused(
      rewrite(project(), () => new Uint8Array([0xff, 0xfe, 0x00])),
      'lock-invalid',
      'not UTF-8',
      'git checkout --',
    )
    const root = project()
    truncateSync(join(root, lockFile), 100_000_000)
    expectRefused(root, 'lock-invalid', 'larger than', 'git checkout --')
  })

  test('may not be read', () => {
    const root = project()
    chmodSync(root, 0o755)
    chmodSync(join(root, lockFile), 0)
    const { code, err } = withoutPrivileges(root, 'check')
    expect(code).toBe(6)
    expect(err).toContain('permission denied')
  })

  test('was edited by hand', () => {
    const root = rewrite(project(), (text) => text.replace('EXPOSE 3000', 'EXPOSE 3001'))
    expectRefused(root, 'lock-invalid', 'The text of Dockerfile does not match its hash.', `${lockFile}:`, 'git checkout --')
  })

  test('holds the marks of a merge', () => {
    const root = rewrite(project(), (text) => text.replace(/(tool = .*\n)/, '<<<<<<< HEAD\n$1=======\ntool = "9.9.9"\n>>>>>>> other\n'))
    expectRefused(root, 'lock-conflict-markers', `${lockFile}:3`, `git checkout --ours ${lockFile}`)
  })

  test('a newer version wrote', () => {
    const root = rewrite(project(), (text) => text.replace('lockVersion = 1', 'lockVersion = 2').replace(/tool = .*/, 'tool = "9.9.9"'))
    expectRefused(root, 'lock-newer', '9.9.9', 'Use that version')
  })

  test('names files that are none of ours, which must not be removed', () => {
    const root = rewrite(project(), (text) => text.replaceAll('compose.yaml', 'server.js'))
    expectRefused(root, 'lock-invalid', 'names server.js')
    expectRefused(
      rewrite(project(), (text) => text.replaceAll('compose.yaml', '../outside')),
      'lock-invalid',
      'names ../outside',
    )
  })

  test('is missing: says how files are adopted', () => {
    const root = project()
    rmSync(join(root, lockFile))
    expectRefused(root, 'lock-missing', 'secure-docker init', 'adopt')
    // Files that are just what would be written are ours again without a question.
    expect(secureDocker(root, 'init', '--yes').code).toBe(0)
    expect(secureDocker(root, 'check').code).toBe(0)
    rmSync(join(root, lockFile))
    writeFileSync(join(root, 'Dockerfile'), `${textOf(root, 'Dockerfile')}# mine\n`)
    expect(secureDocker(root, 'init', '--yes')).toMatchObject({ code: 4, out: expect.stringContaining('not written by secure-docker') })
    expect(textOf(root, 'Dockerfile')).toContain('# mine')
  })

  test('is of another project: the files there are edits, and are kept', () => {
    const other = project({ 'package.json': '{ "name": "cellar", "scripts": { "start": "node server.js 1" } }' })
    const mine = 'FROM node:22\nWORKDIR /srv\nCMD ["server.js"]\n'
    const root = folderWith({ ...nodeApp, Dockerfile: mine, [lockFile]: readFileSync(join(other, lockFile)) })
    const { code, out } = secureDocker(root, 'update')
    expect(code).toBe(4)
    expect(out).toMatch(/Dockerfile +conflict/)
    expect(textOf(root, 'Dockerfile')).toBe(mine)
  })
})

describe('a lock after a merge of branches', () => {
  test('that takes one side: what the other side brought is no edit to be asked about', () => {
    const root = project()
    const ours = textOf(root, lockFile) ?? ''
    writeFileSync(join(root, 'server.js'), nodeApp['server.js'].replace('3000', '4321'))
    expect(secureDocker(root, 'update').code).toBe(0)
    // The files are merged, and the lock is that of one side.
    writeFileSync(join(root, lockFile), ours)
    expect(secureDocker(root, 'update').code).toBe(0)
    expect(secureDocker(root, 'check').code).toBe(0)
    expect(textOf(root, lockFile)).toContain('EXPOSE 4321')
  })
})

describe('a target', () => {
  test('that became a folder, or a link out of the repository, is refused by name', () => {
    for (const make of [
      (path: string) => mkdirSync(path),
      (path: string) => symlinkSync('/etc/hostname', path),
      (path: string) => symlinkSync('nowhere', path),
    ]) {
      const root = project()
      rmSync(join(root, 'Dockerfile'))
      make(join(root, 'Dockerfile'))
      writeFileSync(join(root, 'server.js'), nodeApp['server.js'].replace('3000', '4321'))
      for (const command of commands) {
        const { code, err } = secureDocker(root, command)
        expect(code).toBe(4)
        expect(err).toMatch(/^error target-[\w-]+: "Dockerfile" /)
      }
      expect(textOf(root, 'compose.yaml')).toContain('3000:3000')
    }
  })

  test('that is the lock itself, as a folder, is refused', () => {
    const root = project()
    rmSync(join(root, lockFile))
    mkdirSync(join(root, lockFile))
    for (const command of ['update', 'check', 'init'] as const) {
      const { code, err } = secureDocker(root, command)
      expect(code).toBe(command === 'init' ? 4 : 6)
      expect(err).toMatch(/^error (?:lock-missing|target-is-folder): .*secure-docker\.lock/m)
    }
  })
})

test('a project file that cannot be read is not taken for none', () => {
  const root = project()
  writeFileSync(join(root, 'secure-docker.toml'), new Uint8Array([0xff, 0xfe, 0x00]))
  for (const args of [['update'], ['check'], ['init', '--yes', '--port', '1234']]) {
    const { code, err } = secureDocker(root, ...args)
    expect(code).toBe(2)
    expect(err).toContain('secure-docker.toml cannot be read: not UTF-8 text.')
  }
  expect(readFileSync(join(root, 'secure-docker.toml'))[0]).toBe(0xff)
})
