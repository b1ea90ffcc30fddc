import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, nodeApp, secureDocker, textOf, withVariables } from './run.ts'

const set = (root: string, path: string, text: string) => writeFileSync(join(root, path), text)
const change = (root: string, path: string, from: string, to: string) => {
  const text = textOf(root, path) ?? ''
  expect(text).toContain(from)
  set(root, path, text.replace(from, to))
}

/** A project that was initialised. */
function project(files: Readonly<Record<string, string>> = {}): string {
  const root = folderWith({ ...nodeApp, ...files })
  expect(secureDocker(root, 'init', '--yes').code).toBe(0)
  return root
}

const everything = (root: string) =>
  Object.fromEntries(
    readdirSync(root)
      .filter((name) => name !== '.secure-docker' && name !== '.git')
      .map((name) => [name, readFileSync(join(root, name)).toString('hex')]),
  )

describe('update', () => {
  test('follows the stack, keeps the edits, and says why', () => {
    const root = project({ '.nvmrc': '22\n' })
    change(root, 'Dockerfile', 'WORKDIR /app\n', 'WORKDIR /app\n# mine\n')
    change(root, 'compose.yaml', 'mem_limit: 512m', 'mem_limit: 1g')
    set(root, '.nvmrc', '24\n')
    change(root, 'server.js', '3000', '4321')
    mkdirSync(join(root, 'views'))
    set(root, 'views/a.html', '')
    const { code, out, err } = secureDocker(root, 'update')
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out.split('\n').slice(0, -1)).toEqual([
      'copied: +views/',
      'port 3000 → 4321: server.js:1',
      'release 22 → 24: .nvmrc:1',
      '  Dockerfile     merged',
      '  .dockerignore  updated',
      '  compose.yaml   merged',
    ])
    expect(textOf(root, 'Dockerfile')).toMatch(/nodejs24[\s\S]*WORKDIR \/app\n# mine\n[\s\S]*views\/[\s\S]*EXPOSE 4321/)
    expect(textOf(root, 'compose.yaml')).toMatch(/127\.0\.0\.1:4321:4321[\s\S]*mem_limit: 1g/)
    expect(textOf(root, '.dockerignore')).toContain('!views')
    expect(secureDocker(root, 'check')).toMatchObject({ code: 0, out: 'Everything is current.\n' })
  })

  test('of an unchanged project changes no byte, whoever decided what', () => {
    for (const flags of [[], ['--port', '4321', '--description', 'A "shop"']]) {
      const root = folderWith({ ...nodeApp, 'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }' })
      set(root, 'package.json', '{ "name": "shop", "scripts": { "start": "node server.js" }, "dependencies": { "a": "1" } }')
      expect(secureDocker(root, 'init', '--yes', ...flags).code).toBe(0)
      change(root, 'Dockerfile', 'WORKDIR /app\n', 'WORKDIR /app\n# mine\n')
      const before = everything(root)
      expect(secureDocker(root, 'update').code).toBe(0)
      expect(everything(root)).toEqual(before)
    }
  })

  test('keeps a release that only a replaced Dockerfile showed', () => {
    const root = folderWith({ ...nodeApp, Dockerfile: 'FROM node:22\n' })
    expect(secureDocker(root, 'init', '--yes', '--force').code).toBe(0)
    expect(textOf(root, 'secure-docker.toml')).toContain('release = "22"')
    const before = everything(root)
    expect(secureDocker(root, 'update').code).toBe(0)
    expect(everything(root)).toEqual(before)
    expect(textOf(root, 'Dockerfile')).toContain('nodejs22')
  })

  test('merges into a checkout with CRLF, and keeps it', () => {
    const root = project()
    change(root, 'Dockerfile', 'WORKDIR /app\n', 'WORKDIR /app\n# mine\n')
    for (const path of ['Dockerfile', '.dockerignore', 'compose.yaml', 'secure-docker.lock', 'secure-docker.toml'])
      set(root, path, (textOf(root, path) ?? '').replaceAll('\n', '\r\n'))
    change(root, 'server.js', '3000', '4321')
    expect(secureDocker(root, 'update').code).toBe(0)
    const text = textOf(root, 'Dockerfile') ?? ''
    expect(text).toContain('# mine\r\n')
    expect(text).toContain('EXPOSE 4321\r\n')
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
    expect(secureDocker(root, 'check').code).toBe(0)
  })

  test('does not write again what was deleted or moved', () => {
    const root = project()
    mkdirSync(join(root, 'deploy'))
    renameSync(join(root, 'compose.yaml'), join(root, 'deploy/compose.yaml'))
    rmSync(join(root, '.dockerignore'))
    change(root, 'server.js', '3000', '4321')
    const { code, out } = secureDocker(root, 'update')
    expect(code).toBe(0)
    expect(out).toMatch(/Dockerfile +updated\n +\.dockerignore +deleted by you\n +compose\.yaml +deleted by you\n$/)
    expect(textOf(root, 'compose.yaml')).toBeUndefined()
    expect(textOf(root, 'deploy/compose.yaml')).toContain('3000:3000')
    expect(secureDocker(root, 'check').code).toBe(0)
    expect(secureDocker(root, 'init', '--yes').code).toBe(0)
    expect(textOf(root, 'compose.yaml')).toContain('4321:4321')
  })

  test('leaves to a person what was left at first', () => {
    const root = folderWith({ ...nodeApp, 'docker-compose.yml': 'services: {}\n' })
    expect(secureDocker(root, 'init', '--yes').code).toBe(4)
    expect(secureDocker(root, 'check').code).toBe(0)
    change(root, 'server.js', '3000', '4321')
    expect(secureDocker(root, 'check').code).toBe(5)
    const { code, out } = secureDocker(root, 'update')
    expect(code).toBe(0)
    expect(out).not.toContain('compose')
    expect(textOf(root, 'compose.yaml')).toBeUndefined()
    expect(secureDocker(root, 'check').code).toBe(0)
  })

  test('stays with the project that was chosen when another one comes to stand beside it', () => {
    const root = project()
    set(root, 'go.mod', 'module example.com/a\n\ngo 1.26\n')
    set(root, 'main.go', 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n')
    expect(secureDocker(root, 'check')).toMatchObject({ code: 5, out: expect.stringMatching(/^copied: \+go\.mod \+main\.go\n/) })
    rmSync(join(root, 'package.json'))
    expect(secureDocker(root, 'check').out).toContain('ecosystem node → go: go.mod')
  })

  test('says so when there is nothing to follow', () => {
    const root = folderWith({ ...nodeApp, Dockerfile: 'FROM node\n' })
    expect(secureDocker(root, 'init', '--yes').code).toBe(4)
    expect(secureDocker(root, 'update')).toMatchObject({ code: 0, out: 'None of the files here is ours to follow.\n' })
  })

  test('leaves a file alone for good that was given up', () => {
    const root = project()
    expect(secureDocker(root, 'eject', 'compose.yaml').code).toBe(0)
    change(root, 'server.js', '3000', '4321')
    expect(secureDocker(root, 'update')).toMatchObject({ code: 0, out: expect.stringMatching(/compose\.yaml +yours\n/) })
    expect(textOf(root, 'compose.yaml')).toContain('3000:3000')
    expect(secureDocker(root, 'init', '--yes', '--force').code).toBe(0)
    expect(textOf(root, 'compose.yaml')).toContain('3000:3000')
    expect(secureDocker(root, 'eject', 'package.json')).toMatchObject({ code: 2, err: expect.stringContaining('file-not-ours') })
  })

  test('restores what it replaced', () => {
    const root = project()
    const before = everything(root)
    change(root, 'server.js', '3000', '4321')
    const changed = everything(root)['server.js']
    secureDocker(root, 'update')
    expect(everything(root)['Dockerfile']).not.toBe(before['Dockerfile'])
    expect(secureDocker(root, 'update', '--undo')).toMatchObject({ code: 0 })
    expect(everything(root)).toEqual({ ...before, 'server.js': changed })
  })

  test('keeps choices with their comments', () => {
    const root = project()
    set(root, 'secure-docker.toml', '# agreed with operations\nmemory = 256 # MiB\n\nname = "cellar"\n')
    expect(secureDocker(root, 'update').out).toContain('memory 512 → 256: secure-docker.toml:2\nname shop → cellar: secure-docker.toml:4\n')
    expect(textOf(root, 'compose.yaml')).toContain('mem_limit: 256m')
    expect(secureDocker(root, 'init', '--yes', '--memory', '1024').code).toBe(0)
    expect(textOf(root, 'secure-docker.toml')).toBe('# agreed with operations\nmemory = 1024 # MiB\n\nname = "cellar"\n')
  })

  test('prints one JSON document', () => {
    const root = project()
    change(root, 'server.js', '3000', '4321')
    const { code, out, err } = secureDocker(root, 'update', '--json', '--dry-run')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      onlyTool: false,
      changes: [{ name: 'port', before: '3000', after: '4321', because: { file: 'server.js', line: 1, saw: expect.any(String) } }],
      files: [
        { path: 'Dockerfile', action: 'update' },
        { path: '.dockerignore', action: 'same' },
        { path: 'compose.yaml', action: 'update' },
      ],
    })
    expect(textOf(root, 'Dockerfile')).toContain('EXPOSE 3000')
  })
})

describe('a conflict', () => {
  function inConflict(): string {
    const root = project()
    change(root, 'Dockerfile', 'EXPOSE 3000', 'EXPOSE 3000/tcp')
    change(root, 'server.js', '3000', '4321')
    return root
  }

  test('holds back all that belongs together, and nothing incoming is lost', () => {
    const root = inConflict()
    const before = everything(root)
    const { code, out, err } = secureDocker(root, 'update')
    expect(code).toBe(4)
    expect(out).toMatch(/Dockerfile +conflict\n.*same\n +compose\.yaml +left \(it goes with Dockerfile\)\n$/)
    expect(err).toContain('secure-docker update --conflict markers')
    expect(everything(root)).toEqual(before)
    change(root, 'Dockerfile', 'EXPOSE 3000/tcp', 'EXPOSE 3000')
    expect(secureDocker(root, 'update').code).toBe(0)
    expect(textOf(root, 'Dockerfile')).toContain('EXPOSE 4321')
    expect(textOf(root, 'compose.yaml')).toContain('4321:4321')
  })

  test('is written between marks on demand; marks are refused by name and line until they are gone', () => {
    const root = inConflict()
    expect(secureDocker(root, 'update', '--conflict', 'markers')).toMatchObject({ code: 4, err: expect.stringContaining('between marks') })
    expect(textOf(root, 'Dockerfile')).toContain('<<<<<<< yours\nEXPOSE 3000/tcp\n=======\nEXPOSE 4321\n>>>>>>> secure-docker\n')
    const line = (textOf(root, 'Dockerfile') ?? '').split('\n').indexOf('<<<<<<< yours') + 1
    for (const command of ['update', 'check', 'diff']) {
      const { code, err } = secureDocker(root, command)
      expect(code).toBe(6)
      expect(err).toContain(`Dockerfile:${line}`)
      expect(err).toContain('remove the marks')
    }
    set(root, 'Dockerfile', (textOf(root, 'Dockerfile') ?? '').replace(/<{7}[\s\S]*={7}\n([\s\S]*)>{7}.*\n/, '$1'))
    expect(secureDocker(root, 'update').code).toBe(0)
    expect(secureDocker(root, 'check').code).toBe(0)
    expect(textOf(root, 'compose.yaml')).toContain('4321:4321')
  })

  test('is out of date to check, and shows both sides in diff', () => {
    const root = inConflict()
    expect(secureDocker(root, 'check').code).toBe(5)
    expect(secureDocker(root, 'diff').out).toContain('+<<<<<<< yours\n EXPOSE 3000/tcp\n+=======\n+EXPOSE 4321\n+>>>>>>> secure-docker\n')
  })
})

describe('check', () => {
  /** As if another version had written the files: it began them with another line. */
  function writtenByAnother(root: string): void {
    const old = '# By an older version.\n'
    const base = old + (textOf(root, 'Dockerfile') ?? '').split('\n').slice(1).join('\n')
    set(root, 'Dockerfile', base)
    const hash = createHash('sha256').update(base).digest('hex')
    const lock = (textOf(root, 'secure-docker.lock') ?? '').replace(/tool = ".*"/, 'tool = "0.0.9"')
    set(
      root,
      'secure-docker.lock',
      lock.replace(/(\[files\."Dockerfile"\]\nhash = "sha256:)[0-9a-f]+("\nbase = """\n).*\n/, `$1${hash}$2${old}`),
    )
    set(root, 'Dockerfile', base)
  }

  test('fails with the reasons and a diff when update would act', () => {
    const root = project()
    change(root, 'server.js', '3000', '4321')
    const before = everything(root)
    const { code, out, err } = secureDocker(root, 'check')
    expect(code).toBe(5)
    expect(out).toContain('port 3000 → 4321: server.js:1\n')
    expect(out).toContain('-EXPOSE 3000\n+EXPOSE 4321\n')
    expect(err).toContain('secure-docker update')
    expect(everything(root)).toEqual(before)
    expect(JSON.parse(secureDocker(root, 'check', '--json').out)).toMatchObject({ changes: [{ name: 'port' }] })
  })

  test('only notes what another version writes differently, and fails with --strict', () => {
    const root = project()
    writtenByAnother(root)
    const { code, out } = secureDocker(root, 'check')
    expect(out).toMatch(/^Nothing in the repository changed; secure-docker \S+ writes this differently:\n/)
    expect(code).toBe(0)
    expect(secureDocker(root, 'check', '--strict').code).toBe(5)
    expect(secureDocker(root, 'check', '--format', 'github').out).toMatch(/^::notice file=Dockerfile,line=1,/)
    expect(secureDocker(root, 'update').code).toBe(0)
    expect(secureDocker(root, 'check', '--strict').code).toBe(0)
  })

  test('annotates the lines for GitHub', () => {
    const root = project()
    expect(secureDocker(root, 'check', '--format', 'github')).toMatchObject({ code: 0, out: '' })
    change(root, 'server.js', '3000', '4321')
    const { code, out } = secureDocker(root, 'check', '--format', 'github')
    expect(code).toBe(5)
    expect(out.split('\n')).toEqual([
      '::error file=server.js,line=1,title=secure-docker::port 3000 → 4321: server.js:1',
      '::error file=Dockerfile,line=1,title=secure-docker::Dockerfile is out of date. Run: npx secure-docker update',
      '::error file=compose.yaml,line=1,title=secure-docker::compose.yaml is out of date. Run: npx secure-docker update',
      '',
    ])
  })
})

test('diff is plain in a pipe, and marks words in colour where that is wanted', () => {
  const root = project()
  change(root, 'server.js', '3000', '4321')
  const plain = secureDocker(root, 'diff')
  expect(plain).toMatchObject({ code: 0, err: '' })
  expect(plain.out).toContain('--- a/Dockerfile\n+++ b/Dockerfile\n')
  expect(plain.out).toContain('\n-EXPOSE 3000\n+EXPOSE 4321\n')
  expect(plain.out).not.toContain('\u001b')
  const coloured = withVariables({ FORCE_COLOR: '1' }, root, 'diff').out
  expect(coloured).toContain('-EXPOSE \u001b[31m3000\u001b[39m\n+EXPOSE \u001b[32m4321\u001b[39m\n')
  secureDocker(root, 'update')
  expect(secureDocker(root, 'diff')).toEqual({ code: 0, out: '', err: '' })
})

describe('git', () => {
  const git = (root: string, ...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: root, stdio: 'pipe' })

  test('that sees uncommitted changes is quoted, and the update goes on', () => {
    const root = project()
    git(root, 'init', '--quiet')
    git(root, 'add', '.')
    git(root, 'commit', '--quiet', '--message', 'a')
    expect(secureDocker(root, 'update').err).toBe('')
    change(root, 'server.js', '3000', '4321')
    const { code, err } = secureDocker(root, 'update')
    expect(code).toBe(0)
    expect(err).toContain('not committed')
    expect(err).toContain('update --undo')
    git(root, 'commit', '--quiet', '--all', '--message', 'b')
    set(root, 'secure-docker.toml', 'memory = 256\n')
    git(root, 'commit', '--quiet', '--all', '--message', 'c')
    expect(secureDocker(root, 'update')).toMatchObject({ code: 0, err: '' })
  })

  test('is not needed', () => {
    const root = project()
    change(root, 'server.js', '3000', '4321')
    expect(withVariables({ PATH: '/nowhere' }, root, 'update')).toMatchObject({ code: 0, err: '' })
    expect(textOf(root, 'Dockerfile')).toContain('EXPOSE 4321')
  })
})
